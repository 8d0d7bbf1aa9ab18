"""A grid of signs: rows scroll, columns carry their names from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click
from textual.message import Message

from pgtopo.tui.bar import chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.paint import elided
from pgtopo.views.lines import Piece, Tone

if TYPE_CHECKING:
    from pgtopo.views.grid import Grid

_CELL = 2
"""Columns of one cell."""
_NAME = 40
"""Columns kept for the names of rows, at most."""
_HEAD = 12
"""Rows kept for the names of columns, at most."""


class GridList(LineList):
    """Clients or networks against servers."""

    PLACE = Where.GRID

    EMPTY = "No client or server fits. esc clears the filter."

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.GRID)

    class Moved(Message):
        """Another cell is under the cursor."""

    class Opened(Message):
        """The path of the cell is wanted."""

    grid: Grid | None = None
    _seconds: float = 0.0
    first_column = 0
    """The leftmost column on the screen."""

    @property
    def empty_text(self) -> str:
        """What is said where there is no row."""
        if self.grid is None:
            return f"Working out every pair ... {self._seconds:.0f} s. Other screens can be used."
        return self.EMPTY

    def show(self, grid: Grid | None, title: str, seconds: float = 0.0) -> None:
        """Take a grid, or none while it is being worked out since so many seconds."""
        self.grid = grid
        self._seconds = seconds
        self.refresh()
        if grid is None:
            self.head([chunk(title)])
            return
        self._show_column()
        self.renew()
        here, cell = grid.here, grid.cell
        answer = [Piece(f"{cell.sign.shown()} {cell.text}")] if cell else []
        where = f"{here[0].name} → {here[1].name}" if here else ""
        left = [chunk(f"{title} "), chunk(where)]
        self.head(left, [chunk(answer[0].text)] if answer else [])

    # -- list ---------------------------------------------------------------------------------

    @property
    def head_rows(self) -> int:
        """Rows for the names of columns."""
        if self.grid is None or not self.grid.columns:
            return 0
        longest = max(map(cell_len, self._short_names()))
        return min(longest, _HEAD, max(0, self.size.height // 3))

    @property
    def row_count(self) -> int:
        """Rows on show."""
        return len(self.grid.rows) if self.grid else 0

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        return self.grid.row if self.grid else 0

    def put_cursor(self, row: int) -> None:
        """Move the cursor."""
        if self.grid is not None:
            self.grid.move(row, self.grid.column)

    def cursor_moved(self) -> None:
        """Tell the app."""
        self.tell(self.Moved())

    @property
    def _name_width(self) -> int:
        return max(8, min(_NAME, self.row_width * 2 // 5))

    @property
    def _columns_fit(self) -> int:
        return max(1, (self.row_width - self._name_width - 1) // _CELL)

    def _short_names(self) -> list[str]:
        """The names of columns without the front they all share."""
        names = self.grid.column_names() if self.grid else ()
        front = names[0] if names else ""
        for name in names:
            while not name.startswith(front):
                front = front[:-1]
        cut = front.rfind("-") + 1 if len(names) > 1 else 0
        return [name[cut:] for name in names]

    def paint_head(self, y: int, _width: int, base: Style) -> list[Segment]:
        """One letter of every column's name; long names lose their end."""
        if self.grid is None:
            return []
        height = self.head_rows
        names = self._short_names()
        pieces = [Piece(" " * (self._name_width + 1), Tone.DIM)]
        last = min(len(names), self.first_column + self._columns_fit)
        for at in range(self.first_column, last):
            name = names[at] if cell_len(names[at]) <= height else names[at][: height - 1] + "…"
            letter = name.rjust(height)[y] if len(name) < height else name[y]
            tone = Tone.TITLE if at == self.grid.column else Tone.DIM
            pieces.append(Piece(f"{letter} ", tone))
        return self.painter.segments(pieces, base)

    def paint_row(self, row: int, _width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """Name and signs; unknown yet where the row is still worked out."""
        grid = self.grid
        if grid is None:
            return []
        name = elided(grid.row_name(row), self._name_width)
        name += " " * (self._name_width - cell_len(name) + 1)
        segments = self.painter.segments([Piece(name)], base)
        cells = grid.cells(row)
        last = min(len(grid.columns), self.first_column + self._columns_fit)
        if cells is None:
            return [*segments, *self.painter.segments([Piece("…", Tone.DIM)], base)]
        for at in range(self.first_column, last):
            sign = cells[at].sign
            is_here = has_cursor and at == grid.column
            style = base + Style(reverse=True) if is_here else base + self.painter.style(sign.tone)
            segments.append(Segment(self.painter.text(sign.shown()), style))
            segments.append(Segment(" ", base))
        return segments

    # -- moving -------------------------------------------------------------------------------

    def action_column_right(self) -> None:
        """One column to the right."""
        self._to_column(1)

    def action_column_left(self) -> None:
        """One column to the left."""
        self._to_column(-1)

    def action_first_column(self) -> None:
        """The first column."""
        self._to_column(-(1 << 30))

    def action_last_column(self) -> None:
        """The last column."""
        self._to_column(1 << 30)

    def _to_column(self, step: int) -> None:
        if self.grid is not None:
            self.grid.move(self.grid.row, self.grid.column + step)
            self._show_column()
            self.refresh()
            self.cursor_moved()

    def _show_column(self) -> None:
        if self.grid is None:
            return
        column, fit = self.grid.column, self._columns_fit
        if column < self.first_column:
            self.first_column = column
        elif column >= self.first_column + fit:
            self.first_column = column - fit + 1

    def action_open(self) -> None:
        """Go into the path of the cell."""
        self.tell(self.Opened())

    def on_click(self, event: Click) -> None:
        """Put the cursor on the column as well."""
        if self.grid is not None and event.x > self._name_width:
            at = self.first_column + (event.x - self._name_width - 1) // _CELL
            if at != self.grid.column:
                self.grid.move(self.grid.row, at)
                self.refresh()
                self.cursor_moved()
