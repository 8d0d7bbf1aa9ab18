"""The failover drill in each of its formats: one module per format."""
