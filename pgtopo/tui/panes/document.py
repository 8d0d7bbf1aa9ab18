"""A page of lines: details, findings, help; references in it can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message

from pgtopo.tui.bar import Chunk, chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.paint import Painter, elided, wrapped
from pgtopo.views.lines import Line, Piece, Target, Tone

if TYPE_CHECKING:
    from pgtopo.views.detail import Detail


class Document(LineList):
    """Lines wrapped to the width at hand, with a cursor for following references."""

    PLACE = Where.DETAIL

    KEEPS_CURSOR = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.DETAIL)

    class Followed(Message):
        """A reference was opened."""

        def __init__(self, target: Target) -> None:
            super().__init__()
            self.target = target

    class Left(Message):
        """Back to the list is wanted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._view: Detail | None = None
        self._given: tuple[Line, ...] = ()
        self._painter: Painter | None = None
        self._lines: tuple[Line, ...] = ()
        """The lines given, names hidden where they are to be."""
        self._rows: list[tuple[int, int, tuple[Piece, ...]]] = []
        """Line, columns in front and pieces of every row."""
        self._cursor = 0
        self._width = 0

    def show(self, lines: tuple[Line, ...], *, keep_place: bool = False) -> None:
        """Take other lines."""
        painter = self.painter
        is_same_look = painter is self._painter
        if lines == self._given and is_same_look:
            return
        before = self._rows
        self._given, self._painter = lines, painter
        self._lines = tuple(_veiled(line, painter) for line in lines) if painter.hides else lines
        self._lay()
        if not keep_place:
            self._cursor = 0
        self._cursor = min(self._cursor, max(0, len(self._rows) - 1))
        if keep_place and is_same_look and len(before) == len(self._rows):
            self._touch_changed(before)
        else:
            self.renew(keep_scroll=keep_place)

    def _touch_changed(self, before: list[tuple[int, int, tuple[Piece, ...]]]) -> None:
        """Paint only the rows anew that differ: how far a file is read changes two of them."""
        for at, (was, now) in enumerate(zip(before, self._rows, strict=True)):
            if was != now:
                self._touch(at)

    def show_detail(self, view: Detail) -> None:
        """Take a page with its tabs; a page that grows keeps its place."""
        before, self._view = self._view, view
        is_same = before is not None and (view.title, view.tab) == (before.title, before.tab)
        self.show(view.lines, keep_place=is_same)
        self.entitle()

    def entitle(self) -> None:
        """Put title and tabs above the page."""
        view = self._view
        if view is None:
            return
        shown = elided(self.painter.veiled(view.title), max(self.size.width - 2, 8))
        self.head([chunk(shown, Tone.STRONG)], (), _tabs(view, self.size.width))

    def show_titled(self, title: str, lines: tuple[Line, ...]) -> None:
        """Take a page with a plain title."""
        self.show(lines)
        self.head([chunk(title, Tone.STRONG)])

    def _lay(self) -> None:
        """Wrap the lines; what is not on the screen yet has no width to wrap to."""
        if not self.size.width and not self._rows:
            self._width = -1
            return
        self._width = self.row_width
        self._rows = [
            (at, front, pieces)
            for at, line in enumerate(self._lines)
            for front, pieces in wrapped(line, max(self._width - 1, 10))
        ]

    def on_resize(self, _event: Resize) -> None:
        """Wrap anew where the width changed; the list above keeps the cursor in sight."""
        if self.row_width != self._width:
            here = self._rows[self._cursor][0] if self._rows else 0
            self._lay()
            self._cursor = next((at for at, r in enumerate(self._rows) if r[0] >= here), 0)

    # -- list ---------------------------------------------------------------------------------

    @property
    def row_count(self) -> int:
        """Rows after wrapping."""
        return len(self._rows)

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        return self._cursor

    def put_cursor(self, row: int) -> None:
        """Move the cursor."""
        self._cursor = row

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self._lines[self._rows[self._cursor][0]] if self._rows else None

    def paint_row(self, row: int, _width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """A row with the columns in front of it."""
        _, front, pieces = self._rows[row]
        lead = Segment(" " * (front + 1), base)
        if has_cursor and self.has_focus:
            return [lead, *self.painter.cursor(pieces, base)]
        return [lead, *self.painter.segments(pieces, base)]

    # -- actions ------------------------------------------------------------------------------

    def action_follow(self) -> None:
        """Open the reference of the line under the cursor."""
        line = self.line
        if line is not None and line.target is not None:
            self.post_message(self.Followed(line.target))

    def action_page_down(self) -> None:
        """One page on: what was at the bottom is at the top then."""
        step = max(1, self.body_height - 1)
        self._put_top(self.top + step)
        self.go(self.cursor + step)

    def action_page_up(self) -> None:
        """One page back."""
        step = max(1, self.body_height - 1)
        self._put_top(self.top - step)
        self.go(self.cursor - step)

    def action_open(self) -> None:
        """A click on the row under the cursor follows it."""
        self.action_follow()

    def action_leave(self) -> None:
        """Ask to go back to the list."""
        self.post_message(self.Left())

    def renew(self, *, keep_scroll: bool = True) -> None:
        """Wrap to the width at hand before painting."""
        if self.row_width != self._width:
            self._lay()
        super().renew(keep_scroll=keep_scroll)


def _veiled(line: Line, painter: Painter) -> Line:
    pieces = tuple(Piece(painter.veiled(p.text), p.tone) for p in line.pieces)
    return line._replace(pieces=pieces)


def _tabs(view: Detail, width: int) -> list[Chunk]:
    """The tabs that fit, the current one among them; arrows stand for those left out."""
    heads: list[Chunk] = []
    current = 0
    for at, head in enumerate(view.tabs):
        is_current = head.tab is view.tab
        current = at if is_current else current
        tone = Tone.TITLE if is_current else Tone.INFO if head.has_content else Tone.DIM
        text = f"[{head.text}]" if is_current else f" {head.text} "
        heads.append(chunk(text, tone, f"tab('{head.tab.name}')"))
    widths = [len(head.pieces[0].text) for head in heads]
    room = width - 2
    if sum(widths) <= room:
        return heads
    first = 0
    while first < current and sum(widths[first : current + 1]) > room - 2:
        first += 1
    last = len(heads)
    while last > current + 1 and sum(widths[first:last]) > room - (first > 0) - (last < len(heads)):
        last -= 1
    before = [chunk("‹", Tone.CODE, "previous_tab")] if first else []
    after = [chunk("›", Tone.CODE, "next_tab")] if last < len(heads) else []
    return [*before, *heads[first:last], *after]
