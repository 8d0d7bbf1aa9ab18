"""Live data on show: what is asked, how far that is, how old it is, and what it changed."""
