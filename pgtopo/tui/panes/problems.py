"""The list of findings."""

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
    from pgtopo.views.problem_list import Arrangement, ProblemRow

_NARROW = 50
"""Below this width the number of the check gives way to its short name."""
_NOTE = 44
"""Columns below which a check is called by its short name, not by its title."""
_NAME = 34
"""Columns kept for what a finding is about."""


class ProblemList(RowList["ProblemRow"]):
    """Findings, put together by cause."""

    PLACE = Where.FINDINGS

    EMPTY = "None."

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.FINDINGS)

    class Moved(Message):
        """Another row is under the cursor."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    class Opened(Message):
        """Details of the row are wanted."""

    class SubjectAsked(Message):
        """The resource of the row is wanted in the estate."""

    class Rearranged(Message):
        """Another order or bundling is wanted."""

        def __init__(self, change: str) -> None:
            super().__init__()
            self.change = change

    def show(self, rows: tuple[ProblemRow, ...], how: Arrangement, at: int) -> None:
        """Take rows, and which of them is selected."""
        self.take(rows, at)
        kind = f"by {how.bundle.value}, then {how.sorting.value}"
        kind += ", reversed" if how.is_reversed else ""
        left = [chunk("Findings ", Tone.STRONG), chunk(kind, action="regroup")]
        self.head(left)

    # -- list ---------------------------------------------------------------------------------

    def cursor_moved(self) -> None:
        """Tell the app."""
        self.tell_now(self.Moved(self._cursor))

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """Sign, check, text and subject."""
        shown, veil = self.rows[row], self.painter.veiled
        if self.painter.hides:
            shown = shown._replace(text=veil(shown.text), note=veil(shown.note))
        pieces = _pieces(shown, width)
        return self.painted(pieces, base, has_cursor=has_cursor)

    # -- actions ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Go into the details."""
        self.tell(self.Opened())

    def action_show_subject(self) -> None:
        """Ask for the resource in the estate."""
        self.tell(self.SubjectAsked())

    def action_regroup(self) -> None:
        """Ask for the next bundling."""
        self.tell(self.Rearranged("bundle"))

    def action_sort(self) -> None:
        """Ask for the next order."""
        self.tell(self.Rearranged("sort"))

    def action_reverse(self) -> None:
        """Ask for the other way round."""
        self.tell(self.Rearranged("reverse"))


def _pieces(row: ProblemRow, width: int) -> list[Piece]:
    is_narrow = width < _NARROW
    tone = Tone.STRONG if row.problem is None else Tone.LINK
    code = f"{row.code} " if row.code and not (is_narrow and row.slug) else ""
    front = f" {'  ' * row.indent}{code}"
    room = width - 1 - cell_len(front)
    sign = Piece(row.sign.shown(), row.sign.tone)
    if is_narrow and not row.slug:
        return [sign, Piece(front, Tone.DIM), Piece(elided(row.text, room), tone)]
    gap = 1 if is_narrow else 2
    columns = min(_NAME, (width - 2 - cell_len(code)) // 2) - 2 * row.indent
    left = room - columns - gap
    note = row.slug if row.slug and left < _NOTE else row.note
    name = elided(row.text, columns)
    return [
        sign,
        Piece(front, Tone.DIM),
        Piece(name + " " * (columns - cell_len(name) + gap), tone),
        Piece(ended(note, left), Tone.STRONG if row.problem is None else Tone.PLAIN),
    ]
