"""Results as bytes, one format per file."""
