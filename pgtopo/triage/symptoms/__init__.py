"""Symptoms: what a client's error text says, and what it does not say."""
