"""What a login needs to collect everything: as a table, and as a role that grants just that."""
