"""What exists: typed, frozen resources and the store that holds them. No input or output here."""
