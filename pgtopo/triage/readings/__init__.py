"""Readings: what pasted output of diagnostic commands says."""
