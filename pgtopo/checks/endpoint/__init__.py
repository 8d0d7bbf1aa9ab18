"""Private endpoints that lead to servers."""
