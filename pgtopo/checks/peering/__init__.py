"""Peerings between virtual networks."""
