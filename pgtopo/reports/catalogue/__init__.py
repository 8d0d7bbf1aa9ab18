"""The catalogue of checks in each of its formats: one module per format."""
