"""The catalogue of faults: one file per check, grouped by family."""
