"""Locks, scopes and ownership."""
