"""Can this client reach that server by name: all stages put together, and the server's own word."""
