"""The topology as a picture or page (`export`): one module per format."""
