"""The topology as a drawing: boxes and wires in cells, the same for terminal, SVG and the rest."""
