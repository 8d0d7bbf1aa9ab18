"""Pure questions about an estate. Nothing here raises on data."""
