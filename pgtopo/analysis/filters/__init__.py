"""What security rules decide, for whole sets of addresses at once."""
