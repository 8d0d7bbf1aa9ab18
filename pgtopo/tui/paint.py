"""Turns lines of toned text into strips: styles, ASCII twins, wrapping and eliding by cells."""

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pgtopo.tui.charset import plain
from pgtopo.views.lines import Line, Piece, Tone
from pgtopo.views.literal import printable

_BREAKS = (" ,", "/", ".")
"""Where a text may be broken: behind these, the first kinds before the others."""
_LEAST = 8
"""Letters below which the front of a name is not left alone at the end of a row."""


class Painter:
    """Paints in the styles of one theme, with glyphs or plain characters."""

    def __init__(
        self,
        styles: dict[Tone, Style],
        *,
        is_ascii: bool = False,
        veil: Callable[[str], str] | None = None,
    ) -> None:
        self._styles = styles
        self.is_ascii = is_ascii
        self._veil = veil
        """Takes real names and addresses out of a text; None where they are shown."""

    @property
    def hides(self) -> bool:
        """Whether real names and addresses are hidden."""
        return self._veil is not None

    def veiled(self, text: str) -> str:
        """The text without real names and addresses where those are hidden.

        To be asked before a text is shortened: a name cut short could not be told any more.
        """
        return self._veil(text) if self._veil is not None else text

    def text(self, text: str) -> str:
        """The text as this terminal can show it; nothing in it acts on the terminal."""
        if not text.isprintable():
            text = printable(text)
        return plain(text) if self.is_ascii else text

    def style(self, tone: Tone) -> Style:
        """The style of a tone."""
        return self._styles[tone]

    def segments(self, pieces: Iterable[Piece], base: Style) -> list[Segment]:
        """The pieces over a base style."""
        styles = self._styles
        return [Segment(self.text(p.text), base + styles[p.tone]) for p in pieces if p.text]

    def cursor(self, pieces: Iterable[Piece], base: Style) -> list[Segment]:
        """The pieces in the one style of the cursor, so that they stay readable on it."""
        return [Segment(self.text(p.text), base) for p in pieces if p.text]


def one_cell(text: str) -> str:
    """The text with every letter that takes no cell, or two, replaced by a dot."""
    if text.isascii():
        return text
    return "".join(letter if cell_len(letter) == 1 else "·" for letter in text)


def filled(segments: list[Segment], width: int, base: Style) -> list[Segment]:
    """The segments cut or filled up to exactly this width."""
    lacking = width - sum(cell_len(one.text) for one in segments)
    if lacking > 0:
        return [*segments, Segment(" " * lacking, base)]
    return segments if not lacking else Segment.adjust_line_length(segments, width, base)


def fitted(segments: list[Segment], width: int, base: Style) -> Strip:
    """The segments as one row of exactly this width."""
    return Strip(segments).adjust_cell_length(width, base)


def elided(text: str, width: int) -> str:
    """The text cut in the middle, so that both its ends can be read."""
    if cell_len(text) <= width:
        return text
    if width < 5:
        return set_cell_size(text, max(width, 0))
    head = (width - 1) // 2
    tail = width - 1 - head
    back = text[-tail:]
    while cell_len(back) > tail:
        back = back[1:]
    return set_cell_size(text, head).rstrip() + "…" + back


def ended(text: str, room: int) -> str:
    """The text, ended with an ellipsis where it is wider than the room."""
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, max(room - 1, 0)).rstrip() + "…"


def wrapped(line: Line, width: int) -> list[tuple[int, tuple[Piece, ...]]]:
    """The line in parts that fit, each with the columns in front of it."""
    room = width - line.indent
    if room < 8:
        return [(min(line.indent, 2), line.pieces)]
    if sum(cell_len(p.text) for p in line.pieces) <= room:
        return [(line.indent, line.pieces)]
    hang = line.indent + (line.hang if line.hang < room // 2 else 2)
    parts: list[tuple[int, tuple[Piece, ...]]] = []
    rest: Sequence[Piece] = line.pieces
    front = line.indent
    while rest:
        taken, rest = _split(rest, width - front)
        parts.append((front, tuple(taken)))
        front = hang
    return parts


def _split(pieces: Sequence[Piece], width: int) -> tuple[list[Piece], list[Piece]]:
    """As many pieces as fit, broken at a blank where there is one."""
    taken: list[Piece] = []
    used = 0
    for at, one in enumerate(pieces):
        size = cell_len(one.text)
        if used + size <= width:
            taken.append(one)
            used += size
            continue
        cut = _cut(one.text, width - used, is_first=not taken)
        if cut:
            taken.append(Piece(one.text[:cut].rstrip(" "), one.tone))
        left = one.text[cut:].lstrip(" ")
        rest = [Piece(left, one.tone)] if left else []
        return taken, [*rest, *pieces[at + 1 :]]
    return taken, []


def _cut(text: str, room: int, *, is_first: bool) -> int:
    """Where to break a text so that its front fits; 0 keeps it whole for the next row."""
    at = used = 0
    for letter in text:
        used += cell_len(letter)
        if used > room:
            break
        at += 1
    if at < len(text) and text[at] == " ":
        return at
    for breaks in _BREAKS:
        for back in range(at, max(at - 24, 0), -1):
            if text[back - 1] in breaks and (is_first or back > _LEAST or " " in breaks):
                return back
    return max(at, 1) if is_first or at > 24 else 0
