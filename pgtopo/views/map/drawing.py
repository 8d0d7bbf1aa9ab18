"""What a drawing is made of: boxes, wires and marks, placed in cells of a terminal.

A drawing knows nothing of terminals or SVG; whoever paints it decides how a box looks.
"""

from enum import Enum
from typing import NamedTuple

from pgtopo.views.lines import Piece, Tone
from pgtopo.views.width import columns, cut_off


class Border(Enum):
    """How a box is framed."""

    LIGHT = "light"
    HEAVY = "heavy"
    ROUND = "round"
    DASHED = "dashed"
    """Something that is referred to and was not read, or does not exist."""


class Stroke(Enum):
    """How a wire is drawn."""

    SOLID = "solid"
    DOUBLE = "double"
    DASHED = "dashed"
    DOTTED = "dotted"
    HEAVY = "heavy"
    BROKEN = "broken"
    """A wire that ends in the air: nothing but its mark is drawn."""


class Box(NamedTuple):
    """A frame with a title in its upper edge and lines inside."""

    key: str
    """What it stands for, unique in a drawing."""
    x: int
    y: int
    width: int
    height: int
    border: Border = Border.LIGHT
    tone: Tone = Tone.DIM
    title: tuple[Piece, ...] = ()
    tag: tuple[Piece, ...] = ()
    """At the right end of the upper edge."""
    lines: tuple[tuple[Piece, ...], ...] = ()


class Wire(NamedTuple):
    """A line through cells, in straight pieces; ends may lie on the frames of boxes."""

    points: tuple[tuple[int, int], ...]
    stroke: Stroke = Stroke.SOLID
    tone: Tone = Tone.DIM


class Mark(NamedTuple):
    """Text that stands free, over whatever is below it."""

    x: int
    y: int
    pieces: tuple[Piece, ...]


class Drawing(NamedTuple):
    """A whole drawing."""

    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    wires: tuple[Wire, ...] = ()
    marks: tuple[Mark, ...] = ()

    def box(self, key: str) -> Box | None:
        """The box that stands for something; None where it is not drawn."""
        return next((one for one in self.boxes if one.key == key), None)


def size(pieces: tuple[Piece, ...]) -> int:
    """The columns of some text."""
    return sum(columns(one.text) for one in pieces)


def clipped(pieces: tuple[Piece, ...], width: int) -> tuple[Piece, ...]:
    """As much of some text as fits, the piece at the edge cut with dots."""
    kept: list[Piece] = []
    left = width
    for at, one in enumerate(pieces):
        taken = columns(one.text)
        is_last = at == len(pieces) - 1
        if taken <= left and (is_last or taken < left):
            kept.append(one)
            left -= taken
            continue
        if left > 0:
            more = one.text if is_last or taken > left else one.text + " "
            kept.append(Piece(cut_off(more, left), one.tone))
        break
    return tuple(kept)
