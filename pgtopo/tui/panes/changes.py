"""The list of changes: what differs between two snapshots, and Azure's change history."""

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
from pgtopo.tui.paint import elided, ended
from pgtopo.tui.row_list import RowList
from pgtopo.views.lines import Piece, Tone

if TYPE_CHECKING:
    from pgtopo.views.changes.rows import Row

_NAME = 44
"""Columns for what a change is about, at most, where its note fits beside."""
_NARROW = 60
"""Below this width a row shows what it is about, and of the note what fits."""
_LEAST = 22
"""Columns what a change is about keeps before its note."""
_FEWEST = 7
"""Columns below which a note is left out rather than cut."""
_TONES = {"COMPARE": Tone.INFO, "HEAD": Tone.TITLE, "NOTE": Tone.DIM}
"""By the kind of a row; others are plain."""


class ChangeList(RowList["Row"]):
    """Rows of changes under their headings."""

    PLACE = Where.CHANGES

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.CHANGES)

    class Moved(Message):
        """Another row is under the cursor."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    class Opened(Message):
        """What enter does on the row is wanted."""

    class Asked(Message):
        """A step of the list is wanted."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    def show(self, rows: tuple[Row, ...], at: int, told: str = "") -> None:
        """Take rows, and which of them is selected."""
        self.take(rows, at)
        self.head([chunk("Changes", Tone.STRONG)], [chunk(told, Tone.DIM)])

    # -- list ---------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        """Tell the app."""
        self.tell_now(self.Moved(self._cursor))

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """Sign, what it is about, and what is different."""
        shown, veil = self.rows[row], self.painter.veiled
        if self.painter.hides:
            shown = shown._replace(name=veil(shown.name), note=veil(shown.note))
        pieces = _pieces(shown, width)
        return self.painted(pieces, base, has_cursor=has_cursor)

    # -- actions ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Choose a snapshot to compare with, or go into the page."""
        self.tell(self.Opened())

    def action_regroup(self) -> None:
        """Everything, or what touches the selected path."""
        self.tell(self.Asked("turn"))

    def action_swap(self) -> None:
        """Let the other snapshot be the earlier one."""
        self.tell(self.Asked("swap"))

    def action_show_subject(self) -> None:
        """Ask for the resource in the estate."""
        self.tell(self.Asked("estate"))


def _pieces(row: Row, width: int) -> list[Piece]:
    front = " "
    room = width - 1 - len(front)
    tone = _TONES.get(row.kind.name, Tone.PLAIN)
    if not row.is_change:
        name = elided(row.name, room)
        left = room - cell_len(name) - 2
        note = row.note if cell_len(row.note) <= left else ""
    elif width < _NARROW:
        note = (row.brief or row.note).strip()
        name = elided(row.name, max(min(room, _LEAST), room - cell_len(note) - 2))
        note = _as_fits(note, room - cell_len(name) - 2)
    else:
        columns = min(_NAME, room // 2)
        name = elided(row.name, columns)
        name += " " * (columns - cell_len(name))
        left = room - columns - 2
        note = _as_fits(row.note, left)
    pieces = [row.mark, Piece(front), Piece(name, tone)]
    return [*pieces, Piece(f"  {note}", Tone.DIM)] if note else pieces


def _as_fits(note: str, room: int) -> str:
    """The note as far as there is room; nothing rather than a few letters of it."""
    return ended(note, room) if room >= min(cell_len(note), _FEWEST) else ""
