"""One line of text with parts that can be clicked: header, banner, tabs, status and footer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.strip import Strip
from textual.widget import Widget

from pgtopo.tui.paint import Painter, fitted
from pgtopo.views.lines import Piece, Tone

if TYPE_CHECKING:
    from pgtopo.tui.painting import Painting


class Chunk(NamedTuple):
    """A part of a bar."""

    pieces: tuple[Piece, ...]
    action: str = ""
    """The action a click runs; empty for none."""


def chunk(text: str, tone: Tone = Tone.PLAIN, action: str = "") -> Chunk:
    """A part of one tone."""
    return Chunk((Piece(text, tone),), action)


class Bar(Widget):
    """A line: what is at the right stays, what is at the left gives way."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._left: tuple[Chunk, ...] = ()
        self._right: tuple[Chunk, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, left: Sequence[Chunk], right: Sequence[Chunk] = ()) -> None:
        """Take new content; nothing is painted where it is the same."""
        app: Painting = self.app  # type: ignore[assignment]
        left = tuple(_veiled(one, app.painter) for one in left)
        right = tuple(_veiled(one, app.painter) for one in right)
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """The line."""
        app: Painting = self.app  # type: ignore[assignment]
        width = self.content_size.width
        base = self.rich_style
        right = _kept(self._right, width)
        right_width = _width(right)
        left = self._left
        room = width - right_width - (1 if right else 0)
        self._places = []
        segments: list[Segment] = []
        at = 0
        for part in left:
            painted = app.painter.segments(part.pieces, base)
            size = sum(cell_len(s.text) for s in painted)
            if part.action:
                self._places.append((at, min(at + size, room), part.action))
            segments += painted
            at += size
        strip = fitted(segments, max(room, 0), base)
        if not right:
            return strip
        at = room + 1
        tail = [Segment(" ", base)]
        for part in right:
            size = sum(cell_len(p.text) for p in part.pieces)
            if part.action:
                self._places.append((at, at + size, part.action))
            tail += app.painter.segments(part.pieces, base)
            at += size
        return Strip.join([strip, Strip(tail)])

    async def on_click(self, event: Click) -> None:
        """Run the action of the part under the mouse."""
        x = event.x - self.styles.padding.left
        for start, end, action in self._places:
            if start <= x < end:
                name = action.partition("(")[0]
                places = (self.app.focused, self.screen, self.app)
                near = next(p for p in places if hasattr(p, f"action_{name}") or p is self.app)
                await self.app.run_action(action, near or self.app)
                return


def _veiled(part: Chunk, painter: Painter) -> Chunk:
    return part._replace(pieces=tuple(Piece(painter.veiled(p.text), p.tone) for p in part.pieces))


def _width(parts: Sequence[Chunk]) -> int:
    return sum(cell_len(p.text) for part in parts for p in part.pieces)


def _kept(parts: tuple[Chunk, ...], width: int) -> tuple[Chunk, ...]:
    """The parts at the right that take no more than two thirds of the line."""
    while parts and _width(parts) > width * 2 // 3:
        parts = parts[:-1]
    return parts
