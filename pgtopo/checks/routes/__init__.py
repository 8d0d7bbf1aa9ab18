"""User-defined routes of servers and gateways."""
