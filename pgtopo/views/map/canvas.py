"""Paints a drawing as rows of toned text; a row is made when it is asked for."""

from __future__ import annotations

from typing import NamedTuple

from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map import strokes
from pgtopo.views.map.drawing import Box, Drawing, Mark, Stroke, Wire, clipped, size
from pgtopo.views.width import columns


class _Crossing(NamedTuple):
    """The wires that meet in one cell."""

    ways: int
    stroke: Stroke
    tone: Tone


class Canvas:
    """A drawing as rows; everything on a row is found by its number."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        height = drawing.height
        self._boxes: list[list[Box]] = [[] for _ in range(height)]
        self._wires: list[dict[int, _Crossing]] = [{} for _ in range(height)]
        self._marks: list[list[Mark]] = [[] for _ in range(height)]
        self._rows: dict[int, tuple[Piece, ...]] = {}
        for box in drawing.boxes:
            for y in range(max(box.y, 0), min(box.y + box.height, height)):
                self._boxes[y].append(box)
        for wire in drawing.wires:
            self._lay(wire)
        for mark in drawing.marks:
            if 0 <= mark.y < height:
                self._marks[mark.y].append(mark)

    def _lay(self, wire: Wire) -> None:
        for (x1, y1), (x2, y2) in zip(wire.points, wire.points[1:], strict=False):
            for x in range(min(x1, x2), max(x1, x2) + 1):
                if x1 == x2:
                    break
                ways = (strokes.WEST if x > min(x1, x2) else 0) | (
                    strokes.EAST if x < max(x1, x2) else 0
                )
                self._join(x, y1, ways, wire)
            for y in range(min(y1, y2), max(y1, y2) + 1):
                if y1 == y2:
                    break
                ways = (strokes.NORTH if y > min(y1, y2) else 0) | (
                    strokes.SOUTH if y < max(y1, y2) else 0
                )
                self._join(x1, y, ways, wire)

    def _join(self, x: int, y: int, ways: int, wire: Wire) -> None:
        if not (0 <= y < self.drawing.height and 0 <= x < self.drawing.width):
            return
        row = self._wires[y]
        held = row.get(x)
        if held is not None:
            ways |= held.ways
        row[x] = _Crossing(ways, wire.stroke, wire.tone)

    def row(self, y: int) -> tuple[Piece, ...]:
        """The pieces of a row, blanks at its end left out."""
        known = self._rows.get(y)
        if known is None:
            known = self._rows[y] = self._made(y)
        return known

    def rows(self) -> list[tuple[Piece, ...]]:
        """Every row."""
        return [self.row(y) for y in range(self.drawing.height)]

    def box_at(self, x: int, y: int) -> Box | None:
        """The box that covers a cell."""
        if not 0 <= y < self.drawing.height:
            return None
        for box in self._boxes[y]:
            if box.x <= x < box.x + box.width:
                return box
        return None

    def _made(self, y: int) -> tuple[Piece, ...]:
        line = _Row(self.drawing.width)
        wires = self._wires[y]
        for x, one in wires.items():
            line.put(x, strokes.wire(one.ways, one.stroke), one.tone)
        for box in self._boxes[y]:
            _frame(line, box, y, wires)
        for mark in self._marks[y]:
            line.write(mark.x, clipped(mark.pieces, self.drawing.width - mark.x))
        return line.pieces()


def _frame(line: _Row, box: Box, y: int, wires: dict[int, _Crossing]) -> None:
    """The part of a box that lies on a row; its text covers wires, its frame joins them."""
    look = strokes.FRAMES[box.border]
    last = box.x + box.width - 1
    is_top, is_bottom = y == box.y, y == box.y + box.height - 1
    for x in range(box.x, last + 1):
        is_side = x in (box.x, last)
        if not (is_top or is_bottom or is_side):
            line.put(x, " ", Tone.PLAIN)
            continue
        wire = wires.get(x)
        line.put(x, _edge(look, box, x, y, wire.ways if wire else 0), box.tone)
    room = box.width - 4
    if is_top:
        _titles(line, box, room)
    elif not is_bottom and y - box.y - 1 < len(box.lines):
        line.write(box.x + 2, clipped(box.lines[y - box.y - 1], room))


def _edge(look: strokes.Frame, box: Box, x: int, y: int, ways: int) -> str:
    last, bottom = box.x + box.width - 1, box.y + box.height - 1
    if y in (box.y, bottom) and x in (box.x, last):
        return look.corners[(y == bottom) * 2 + (x == last)]
    if y == box.y:
        return look.north if ways & strokes.NORTH else look.across
    if y == bottom:
        return look.south if ways & strokes.SOUTH else look.across
    if x == box.x:
        return look.west if ways & strokes.WEST else look.down
    return look.east if ways & strokes.EAST else look.down


def _titles(line: _Row, box: Box, room: int) -> None:
    if room < 1 or not box.title:
        return
    title = clipped(box.title, room)
    line.write(box.x + 1, (Piece(" "), *title, Piece(" ")))
    left = room - size(title) - 2
    if box.tag and left > size(box.tag):
        at = box.x + box.width - 3 - size(box.tag)
        line.write(at, (Piece(" "), *box.tag, Piece(" ")))


class _Row:
    """Cells of one row."""

    def __init__(self, width: int) -> None:
        self._cells = [" "] * width
        self._tones = [Tone.PLAIN] * width

    def put(self, x: int, text: str, tone: Tone) -> None:
        """One character."""
        if 0 <= x < len(self._cells):
            self._cells[x] = text
            self._tones[x] = tone

    def write(self, x: int, pieces: tuple[Piece, ...]) -> None:
        """Text from a cell on; what takes two cells empties the second."""
        for one in pieces:
            if one.text.isascii():
                for letter in one.text:
                    self.put(x, letter, one.tone)
                    x += 1
                continue
            for letter in one.text:
                wide = columns(letter)
                if wide == 0:
                    self._append(x - 1, letter)
                    continue
                self.put(x, letter, one.tone)
                if wide == 2:
                    self.put(x + 1, "", one.tone)
                x += wide

    def _append(self, x: int, letter: str) -> None:
        if 0 <= x < len(self._cells):
            self._cells[x] += letter

    def pieces(self) -> tuple[Piece, ...]:
        """The row as pieces of one tone each."""
        found: list[Piece] = []
        start, cells, tones = 0, self._cells, self._tones
        end = len(cells)
        while end and cells[end - 1] == " ":
            end -= 1
        for at in range(1, end + 1):
            if at == end or tones[at] is not tones[start]:
                found.append(Piece("".join(cells[start:at]), tones[start]))
                start = at
        return tuple(found)
