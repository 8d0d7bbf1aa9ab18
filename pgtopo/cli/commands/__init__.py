"""One verb per file. Found by walking this folder."""
