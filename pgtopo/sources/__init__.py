"""How data gets in: files and, later, Azure; typed resources come out."""
