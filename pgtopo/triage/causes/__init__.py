"""Causes: what may be behind a symptom, with what speaks for and against each."""
