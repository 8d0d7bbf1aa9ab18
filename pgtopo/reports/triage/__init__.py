"""The `triage` report in each of its formats: one module per format."""
