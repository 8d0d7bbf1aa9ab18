"""Contoso: the demonstration estate, and the faults laid on it."""
