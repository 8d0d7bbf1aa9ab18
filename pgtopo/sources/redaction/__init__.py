"""Renames everything a customer chose, so that a snapshot can be shown to others."""
