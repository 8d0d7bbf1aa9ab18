"""What really happens from this machine: name, connection, encryption, first word of the server."""
