"""Live data, through the real SDK, against the stand-in on this machine."""
