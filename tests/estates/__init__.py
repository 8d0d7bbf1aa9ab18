"""Estates made of Azure Resource Manager rows, for tests and for the bundled demonstration."""
