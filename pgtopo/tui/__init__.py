"""The terminal interface: paints views and passes on what the user wants."""
