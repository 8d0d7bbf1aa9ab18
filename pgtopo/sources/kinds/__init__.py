"""One ARM type per file: how its rows are read. Found by walking this folder."""
