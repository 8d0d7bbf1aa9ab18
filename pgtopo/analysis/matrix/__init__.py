"""Every client subnet against every server, by classes of clients that cannot differ."""
