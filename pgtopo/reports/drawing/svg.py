"""A drawing as SVG: cells become pixels; one file, no scripts, no fonts, no other assets.

The picture brings its own paper, light or dark by what the reader prefers, so that it is readable
on any page.
"""

from collections.abc import Iterator
from html import escape

from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.drawing import Border, Box, Drawing, Mark, Stroke, Wire, clipped, size
from pgtopo.views.width import columns

CELL = 8
"""Pixels of a column."""
ROW = 18
"""Pixels of a row."""
_EDGE = 10
_BASE = 13
"""Where letters stand in a row."""

_LIGHT = {
    "paper": "#ffffff",
    "box": "#f6f8fa",
    "plain": "#1f2328",
    "dim": "#59636e",
    "bad": "#b3261e",
    "risk": "#8a5a00",
    "mixed": "#7a3fd1",
    "unknown": "#0a62c4",
    "good": "#1a7f37",
    "line": "#818b98",
}
_DARK = {
    "paper": "#0d1117",
    "box": "#161b22",
    "plain": "#e6edf3",
    "dim": "#9198a1",
    "bad": "#ff7b72",
    "risk": "#e3b341",
    "mixed": "#c297ff",
    "unknown": "#79c0ff",
    "good": "#56d364",
    "line": "#6e7681",
}
_CLASSES = {
    Tone.BAD: "bad",
    Tone.RISK: "risk",
    Tone.MIXED: "mixed",
    Tone.UNKNOWN: "unknown",
    Tone.GOOD: "good",
    Tone.DIM: "dim",
    Tone.GHOST: "dim",
    Tone.INFO: "dim",
}
_DASHES = {Stroke.DASHED: "6 4", Stroke.DOTTED: "1 5"}


def svg(drawing: Drawing, title: str) -> str:
    """The drawing as an SVG document, ended by a line break."""
    return "\n".join(_document(drawing, title)) + "\n"


def _document(drawing: Drawing, title: str) -> Iterator[str]:
    width = drawing.width * CELL + 2 * _EDGE
    height = drawing.height * ROW + 2 * _EDGE
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img">'
    )
    yield f"<title>{escape(title)}</title>"
    yield f"<style>{style()}</style>"
    yield f'<rect class="paper" width="{width}" height="{height}" rx="8"/>'
    yield f'<g transform="translate({_EDGE} {_EDGE})">'
    for box in drawing.boxes:
        yield _frame(box)
    for wire in drawing.wires:
        yield from _wire(wire)
    for box in drawing.boxes:
        yield from _texts(box)
    for mark in drawing.marks:
        yield from _marked(mark, drawing.width)
    yield "</g>"
    yield "</svg>"


def style() -> str:
    """The style sheet of a picture."""
    fonts = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace"
    return (
        f"text{{font:13px {fonts};white-space:pre}}"
        ".strong{font-weight:bold}"
        ".w{fill:none;stroke-width:1.6;stroke-linecap:round}"
        ".heavy{stroke-width:2.6}"
        f"{_colours(_LIGHT)}"
        f"@media (prefers-color-scheme:dark){{{_colours(_DARK)}}}"
    )


def _colours(of: dict[str, str]) -> str:
    texts = "".join(
        f"text.{name}{{fill:{of[name]}}}.w.{name},.b.{name}{{stroke:{of[name]}}}"
        for name in ("bad", "risk", "mixed", "unknown", "good")
    )
    return (
        f".paper{{fill:{of['paper']}}}.b{{fill:{of['box']};stroke:{of['line']}}}"
        f"text{{fill:{of['plain']}}}text.dim{{fill:{of['dim']}}}.w{{stroke:{of['line']}}}"
        f".inner{{stroke:{of['paper']};stroke-width:1.4}}{texts}"
    )


def _frame(box: Box) -> str:
    look = _look(box.tone)
    heavy = " heavy" if box.border is Border.HEAVY else ""
    dash = ' stroke-dasharray="4 4"' if box.border is Border.DASHED else ""
    x, y = box.x * CELL + CELL // 2, box.y * ROW + ROW // 2
    return (
        f'<rect class="b{look}{heavy}" x="{x}" y="{y}" width="{(box.width - 1) * CELL}"'
        f' height="{(box.height - 1) * ROW}" rx="5"{dash}/>'
    )


def _look(tone: Tone) -> str:
    name = _CLASSES.get(tone, "")
    return f" {name}" if name else ""


def _wire(wire: Wire) -> Iterator[str]:
    if wire.stroke is Stroke.BROKEN:
        return
    points = " ".join(f"{x * CELL + CELL // 2},{y * ROW + ROW // 2}" for x, y in wire.points)
    look = _look(wire.tone)
    if wire.stroke is Stroke.DOUBLE:
        yield f'<polyline class="w{look}" style="stroke-width:4.6" points="{points}"/>'
        yield f'<polyline class="w inner" points="{points}"/>'
        return
    heavy = " heavy" if wire.stroke is Stroke.HEAVY else ""
    dashes = _DASHES.get(wire.stroke)
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    yield f'<polyline class="w{look}{heavy}" points="{points}"{dash}/>'


def _texts(box: Box) -> Iterator[str]:
    room = box.width - 4
    if room < 1:
        return
    title = clipped(box.title, room)
    if title:
        yield from _backed(box.x + 2, box.y, title)
    left = room - size(title) - 2
    if box.tag and left > size(box.tag):
        yield from _backed(box.x + box.width - 2 - size(box.tag), box.y, box.tag)
    for at, line in enumerate(box.lines[: box.height - 2]):
        yield from _written(box.x + 2, box.y + 1 + at, clipped(line, room))


def _marked(mark: Mark, width: int) -> Iterator[str]:
    yield from _backed(mark.x, mark.y, clipped(mark.pieces, width - mark.x))


def _backed(x: int, y: int, pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Text over lines, which it hides."""
    text = "".join(one.text for one in pieces)
    front = len(text) - len(text.lstrip(" "))
    taken = columns(text.strip(" "))
    if not taken:
        return
    at, top = (x + front) * CELL - 2, y * ROW + 1
    yield f'<rect class="paper" x="{at}" y="{top}" width="{taken * CELL + 4}" height="{ROW - 2}"/>'
    yield from _written(x, y, pieces)


def _written(x: int, y: int, pieces: tuple[Piece, ...]) -> Iterator[str]:
    for one in pieces:
        text = one.text.strip(" ")
        front = len(one.text) - len(one.text.lstrip(" "))
        if text:
            strong = " strong" if one.tone in (Tone.STRONG, Tone.TITLE) else ""
            look = f"{_look(one.tone)}{strong}".strip()
            named = f' class="{look}"' if look else ""
            at = f'x="{(x + front) * CELL}" y="{y * ROW + _BASE}"'
            wide = f'textLength="{columns(text) * CELL}"'
            yield f"<text {at} {wide}{named}>{escape(text)}</text>"
        x += columns(one.text)
