"""Redaction: nothing a customer chose is left, and every verdict stays."""
