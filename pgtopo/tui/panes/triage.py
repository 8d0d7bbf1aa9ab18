"""The list of an incident: what is known, the causes, what else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message

from pgtopo.tui.bar import chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.row_list import RowList
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.drawing import clipped

if TYPE_CHECKING:
    from pgtopo.views.triage.rows import Row


class TriageList(RowList["Row"]):
    """Rows of an incident."""

    PLACE = Where.TRIAGE

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.TRIAGE)

    class Moved(Message):
        """Another row is under the cursor."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    class Opened(Message):
        """What enter does on the row is wanted."""

    class SymptomAsked(Message):
        """A class of symptoms is to be picked."""

    class ProbeAsked(Message):
        """The server is to be connected to from this machine."""

    def show(self, rows: tuple[Row, ...], at: int, seconds: float = 0.0) -> None:
        """Take rows, and which of them is selected."""
        self.take(rows, at)
        told = f"{seconds:.0f} s" if seconds >= 1 else ""
        self.head([chunk("Triage", Tone.STRONG)], [chunk(told, Tone.DIM)])

    # -- list ---------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        """Tell the app."""
        self.tell_now(self.Moved(self._cursor))

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """The pieces of a row."""
        pieces, veil = self.rows[row].pieces, self.painter.veiled
        if self.painter.hides:
            pieces = tuple(Piece(veil(one.text), one.tone) for one in pieces)
        pieces = clipped((Piece(" "), *pieces), width - 1)
        return self.painted(pieces, base, has_cursor=has_cursor)

    # -- actions ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Enter what is asked, or go into the page."""
        self.tell(self.Opened())

    def action_pick_symptom(self) -> None:
        """Pick a class of symptoms."""
        self.tell(self.SymptomAsked())

    def action_probe(self) -> None:
        """Connect to the server from this machine."""
        self.tell(self.ProbeAsked())
