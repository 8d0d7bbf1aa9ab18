"""The estate as a tree of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message

from pgtopo.tui.bar import chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.paint import elided
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.signs import NOTHING, Sign, Tally, count
from pgtopo.views.tree_row import Fold, TreeRow

if TYPE_CHECKING:
    from pgtopo.views.tree import Tree

_FOLDS = {Fold.LEAF: " ", Fold.OPEN: "▾", Fold.CLOSED: "▸"}
_FRONT = 2
"""Columns of the sign in front of every row."""
_NARROW = 44
"""Below this width the tally leaves room for the name."""


class TreeList(LineList):
    """Rows of a tree, with what is wrong below each."""

    PLACE = Where.TREE

    EMPTY = "No row fits. esc clears the filter."

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.TREE)

    class Moved(Message):
        """Another row is under the cursor."""

    class Opened(Message):
        """A row without anything below it was opened."""

    class SortAsked(Message):
        """Another order is wanted."""

        def __init__(self, change: str) -> None:
            super().__init__()
            self.change = change

    class RegroupAsked(Message):
        """Another grouping is wanted."""

    view: Tree | None = None
    _painted: tuple[object, ...] = ()
    """What was on the screen when it was last painted whole."""

    def show(self, view: Tree) -> None:
        """Take a tree; its outline keeps the cursor."""
        self.view = view
        outline = view.outline
        painted = (view, outline.version, outline.cursor, view.desk.problems, self.painter)
        if painted == self._painted:
            return
        self._painted = painted
        self.renew()
        kept = count(len(outline.hits), "hit") if outline.is_filtered else ""
        left = [chunk("Estate "), chunk(f"by {view.grouping.value}", action="regroup")]
        self.head(left, [chunk(kept)] if kept else [])

    # -- list ---------------------------------------------------------------------------------

    @property
    def row_count(self) -> int:
        """Rows on show."""
        return len(self.view.outline.rows) if self.view else 0

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        return self.view.outline.cursor if self.view else 0

    def put_cursor(self, row: int) -> None:
        """Move the outline's cursor."""
        if self.view:
            outline = self.view.outline
            outline.move(row)
            now = (self.view, outline.version, row, self.view.desk.problems, self.painter)
            self._painted = now

    def cursor_moved(self) -> None:
        """Tell the app."""
        self.tell(self.Moved())

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """Sign, fold, word, name and note; the tally at the right."""
        if self.view is None:
            return []
        pieces = _pieces(self._shown(self.view.row(row)), width)
        if has_cursor and self.has_focus:
            return self.painter.cursor(pieces, base)
        return self.painter.segments(pieces, base)

    def _shown(self, row: TreeRow) -> TreeRow:
        if not self.painter.hides:
            return row
        label, veil = row.label, self.painter.veiled
        return row._replace(label=label._replace(name=veil(label.name), note=veil(label.note)))

    # -- actions ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Show what is below, or go into the details where nothing is."""
        if self.view is None or not self.row_count:
            return
        outline = self.view.outline
        if self.view.forest.has_children(outline.node) and not outline.is_open(outline.node):
            outline.open(outline.cursor)
            self.renew()
        else:
            self.tell(self.Opened())

    def action_fold(self) -> None:
        """Show or hide what is below."""
        if self.view and self.row_count:
            self.view.outline.toggle(self.cursor)
            self.renew()

    def action_parent(self) -> None:
        """Close an open row, else go to the parent."""
        if self.view is None or not self.row_count:
            return
        outline = self.view.outline
        if outline.is_open(outline.node) and self.view.forest.has_children(outline.node):
            outline.close(outline.cursor)
        else:
            outline.to_parent()
        self.renew()
        self.cursor_moved()

    def action_regroup(self) -> None:
        """Ask for the next grouping."""
        self.tell(self.RegroupAsked())

    def action_sort(self) -> None:
        """Ask for the next order."""
        self.tell(self.SortAsked("sort"))

    def action_reverse(self) -> None:
        """Ask for the other way round."""
        self.tell(self.SortAsked("reverse"))

    def clicked_again(self, _x: int) -> None:
        """Fold or unfold with the mouse; leaves open their details."""
        if self.view and self.view.forest.has_children(self.view.outline.node):
            self.action_fold()
        else:
            self.action_open()


def _pieces(row: TreeRow, width: int) -> list[Piece]:
    indent = "  " * row.depth
    label = row.label
    word = f"{label.word} " if label.word else ""
    front = f" {indent}{_FOLDS[row.fold]} "
    tail = _tally(row.tally, is_short=width < _NARROW)
    tail_width = sum(cell_len(p.text) for p in tail)
    room = width - _FRONT - len(indent) - 2 - tail_width - 1
    if width < _NARROW and len(word) + cell_len(label.name) > room:
        word = ""
    name = elided(label.name, max(room - len(word), 6))
    used = len(word) + cell_len(name)
    note = _fitting(label.note, room - used)
    gap = max(0, room - used - cell_len(note)) + 1
    name_tone = Tone.HIT if row.is_hit else Tone.GHOST if label.is_ghost else Tone.PLAIN
    return [
        Piece(row.sign.shown(), row.sign.tone),
        Piece(front, Tone.DIM),
        Piece(word, Tone.DIM),
        Piece(name, name_tone),
        Piece(note, Tone.UNKNOWN if label.is_ghost else Tone.DIM),
        *((Piece(" " * gap), *tail) if tail else ()),
    ]


def _fitting(note: str, room: int) -> str:
    """As many facts of a note as fit, each in full."""
    shown = ""
    for fact in note.split("  "):
        longer = f"{shown}  {fact}"
        if cell_len(longer) > room:
            break
        shown = longer
    return shown if note else ""


def _tally(tally: Tally, *, is_short: bool) -> list[Piece]:
    if tally == NOTHING:
        return []
    found: list[Piece] = []
    for sign, number in (
        (Sign.BAD, tally.errors),
        (Sign.RISK, tally.warnings),
        (Sign.UNKNOWN, tally.unknowns),
    ):
        if number and not (is_short and found):
            found.append(Piece(f"{' ' if found else ''}{sign.shown()}{number}", sign.tone))
    return found
