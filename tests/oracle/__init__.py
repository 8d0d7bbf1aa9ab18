"""A second, deliberately naive reading of the path rules, to hold the engine against."""
