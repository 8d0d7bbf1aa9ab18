"""Delegated subnets and their addresses."""
