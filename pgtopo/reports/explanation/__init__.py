"""One check in full, in each of its formats: one module per format."""
