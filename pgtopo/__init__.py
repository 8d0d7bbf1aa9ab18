"""pgtopo: the network around Azure Database for PostgreSQL flexible servers, in a terminal."""

__version__ = "0.1.0"
