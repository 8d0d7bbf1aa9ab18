"""The failover drill: what would fail if a server's primary did."""
