"""What would mend the faults that checks find, worked out from the data."""
