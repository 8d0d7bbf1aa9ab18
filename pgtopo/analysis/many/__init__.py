"""Answers for many clients and destinations at once, from what they share."""
