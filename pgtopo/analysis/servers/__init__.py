"""Who is asked: server texts, host names, private endpoints, and the cloud they live in."""
