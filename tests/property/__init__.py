"""Laws that hold for every estate."""
