"""The list tables: one module per kind, found by walking this folder."""
