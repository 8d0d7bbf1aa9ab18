"""The `probe` document in each of its formats: one module per format."""
