"""Everybody against every server (`matrix`, `dns`) in each format: one module per format.

These documents can have millions of cells, so they are written in parts, one row at a time.
"""
