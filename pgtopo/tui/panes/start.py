"""The first screen where no file was given: the demo, recent files, and how to get data."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.message import Message

from pgtopo.sources.azure.request import Request
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.row_list import RowList
from pgtopo.views.start import StartRow


class StartList(RowList[StartRow]):
    """What can be opened."""

    PLACE = Where.START

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.START)

    class Chosen(Message):
        """A file should be opened."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    class Asked(Message):
        """Azure should be asked."""

        def __init__(self, request: Request) -> None:
            super().__init__()
            self.request = request

    def show(self, rows: tuple[StartRow, ...]) -> None:
        """Take the rows; the cursor stays on its row, else goes to the first one to open."""
        chosen = self.rows[self._cursor] if self.rows else None
        self.rows = rows
        first = next((at for at, row in enumerate(rows) if row.opens), 0)
        self._cursor = next(
            (at for at, row in enumerate(rows) if row.opens and row == chosen), first
        )
        self.renew()

    def put_cursor(self, row: int) -> None:
        """Move the cursor to the next row in that direction that opens something."""
        step = 1 if row > self._cursor else -1
        while 0 <= row < len(self.rows) and not self.rows[row].opens:
            row += step
        if 0 <= row < len(self.rows):
            self._cursor = row

    def paint_row(self, row: int, _width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """The row as it is."""
        lead = Segment("  ", base)
        return [lead, *self.painted(self.rows[row].pieces, base, has_cursor=has_cursor)]

    def action_open(self) -> None:
        """Open the file of the row."""
        row = self.rows[self._cursor] if self.rows else None
        if row is None:
            return
        if row.request is not None:
            self.tell(self.Asked(row.request))
        elif row.path:
            self.tell(self.Chosen(row.path))
