"""A grid of signs: rows scroll, columns carry their names from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from pgtopo.tui.bar import Chunk, chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.grid_heads import column_heads, shared_fronts, shortened
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.paint import elided
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.signs import Sign

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

    class Rearranged(Message):
        """Another order, or rows put together otherwise, is wanted."""

        def __init__(self, change: str) -> None:
            super().__init__()
            self.change = change

    grid: Grid | None = None
    _seconds: float = 0.0
    first_column = 0
    """The leftmost column on the screen."""
    _heads: tuple[object, list[str]] = (None, [])
    _fronts: tuple[object, list[str]] = (None, [])
    """What the names of all rows begin with, part by part."""
    _title = ""
    _painted: tuple[object, ...] = ()
    """What was on the screen when it was last painted whole."""

    @property
    def empty_text(self) -> str:
        """What is said where there is no row."""
        if self.grid is None:
            return f"Working out every pair ... {self._seconds:.0f} s. Other screens can be used."
        if not self.grid.all_rows:
            return f"No {self.grid.noun} in this data. Press 1 to see what there is."
        return self.EMPTY

    def show(self, grid: Grid | None, title: str, seconds: float = 0.0) -> None:
        """Take a grid, or none while it is being worked out since so many seconds."""
        self.grid = grid
        self.is_waiting = grid is None
        self._seconds = seconds
        if grid is None:
            self._painted = ()
            self.refresh()
            self.head([chunk(title)])
            return
        self._show_column()
        self.show_cursor()
        painted = self._as_painted(grid)
        if painted != self._painted:
            self._painted = painted
            self.renew()
        self._title = title
        self.entitle()

    def entitle(self) -> None:
        """Say which row is under the cursor, and what its cell answers."""
        grid, title = self.grid, self._title
        if grid is None:
            return
        how = self._how(grid)
        taken = len(title) + 4 + sum(cell_len(piece.text) for one in how for piece in one.pieces)
        self.head([chunk(f"{title} ", Tone.STRONG), *self._where(grid, taken)], how)

    def _as_painted(self, grid: Grid) -> tuple[object, ...]:
        """What the whole picture depends on, the cursor left out."""
        is_known = grid.is_known(self.top, self.body_height)
        return grid, grid.version, is_known, self.first_column, self.painter

    def _where(self, grid: Grid, taken: int) -> list[Chunk]:
        """The name of the row under the cursor; that of the column stands over the columns."""
        here = grid.here
        if here is None:
            return []
        return [chunk(elided(self.painter.veiled(here[0].name), self.size.width - taken))]

    def _how(self, grid: Grid) -> list[Chunk]:
        """The answer under the cursor; what is still to be worked out; how rows stand."""
        if grid.waits_for_all:
            store = grid.store
            return [chunk(f"{store.done:,} of {len(grid.all_rows):,} rows worked out ")]
        from pgtopo.views.grid import Order

        cell = grid.cell
        parts = [chunk(f"{cell.sign.shown()} {cell.text}")] if cell else []
        if grid.layout.order is Order.FAULTS:
            parts.append(chunk("  worst first", action="sort"))
        if grid.layout.is_collapsed:
            parts.append(chunk("  alike as one", action="regroup"))
        return parts

    # -- list ---------------------------------------------------------------------------------

    @property
    def head_rows(self) -> int:
        """Rows for the names of columns, below the whole name of the one under the cursor."""
        lines = len(self._head_lines())
        return lines + 1 if lines else 0

    def _head_lines(self) -> list[str]:
        """The names of the columns on show, written downwards: one text per row."""
        grid = self.grid
        if grid is None or not grid.columns:
            return []
        most = min(_HEAD, max(0, self.size.height // 3))
        key = (grid, grid.columns_version, most, self.painter)
        if self._heads[0] != key:
            names = [self.painter.veiled(name) for name in grid.column_names()]
            self._heads = (key, column_heads(names, most))
        return self._heads[1]

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

    def _columns_shown(self) -> range:
        columns = len(self.grid.columns) if self.grid is not None else 0
        return range(self.first_column, min(columns, self.first_column + self._columns_fit))

    def paint_head(self, y: int, _width: int, base: Style) -> list[Segment]:
        """The name of the column under the cursor, then one letter of every column's name."""
        if self.grid is None:
            return []
        if not y:
            return self.painter.segments(self._column_pieces(self.grid), base)
        letters = self._head_lines()[y - 1]
        shown = self._columns_shown()
        here = self.grid.column
        before = "".join(f"{letters[at]} " for at in shown if at < here)
        after = "".join(f"{letters[at]} " for at in shown if at > here)
        pieces = [Piece(" " * (self._name_width + 1) + before, Tone.DIM)]
        if here in shown:
            pieces.append(Piece(f"{letters[here]} ", Tone.TITLE))
        pieces.append(Piece(after, Tone.DIM))
        return self.painter.segments(pieces, base)

    def _column_pieces(self, grid: Grid) -> list[Piece]:
        """The whole name of the column under the cursor, as near to it as it fits."""
        if grid.here is None:
            return []
        name = f"→ {self.painter.veiled(grid.here[1].name)}"
        at = self._name_width + 1 + _CELL * (grid.column - self.first_column) - 2
        room = self.row_width - cell_len(name)
        return [Piece(" " * max(0, min(at, room))), Piece(elided(name, self.row_width), Tone.TITLE)]

    def paint_row(self, row: int, _width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """Name and signs; unknown yet where the row is still worked out."""
        grid = self.grid
        if grid is None:
            return []
        paint = self._paint(has_cursor=has_cursor)
        segments = paint(self._name_pieces(grid, row), base)
        columns = self._columns_shown()
        signs = grid.signs(row, columns)
        if signs is None:
            return [*segments, *paint([Piece("…", Tone.DIM)], base)]
        here = grid.column if has_cursor else -1
        run: list[str] = []
        tone = Sign.NONE
        for at, sign in zip(columns, signs, strict=True):
            if at == here:
                segments += paint(_run(run, tone), base)
                mark = self.painter.text(sign.shown())
                segments += [Segment(mark, base + Style(reverse=True)), Segment(" ", base)]
                run = []
            elif run and sign is not tone:
                segments += paint(_run(run, tone), base)
                run = [sign.shown()]
            else:
                run.append(sign.shown())
            tone = sign
        return segments + paint(_run(run, tone), base)

    def _paint(self, *, has_cursor: bool) -> Callable[[Iterable[Piece], Style], list[Segment]]:
        """What paints a row: signs in their colours, or in the cursor's one that is read on it."""
        return self.painter.cursor if has_cursor and self.has_focus else self.painter.segments

    def _name_pieces(self, grid: Grid, row: int) -> list[Piece]:
        width = self._name_width
        alike = grid.alike(row)
        note = f" +{alike - 1:,} alike" if alike > 1 else ""
        name = self._row_name(grid, row, width - len(note))
        gap = " " * (width - cell_len(name) - len(note) + 1)
        return [Piece(name), Piece(note, Tone.TITLE), Piece(gap)]

    def _row_name(self, grid: Grid, row: int, width: int) -> str:
        """The name of a row; what all have in front is left out where some are too long."""
        key = (grid, self._name_width)
        if self._fronts[0] != key:
            names = [side.name for side in grid.all_rows]
            is_short = max(map(len, names), default=0) <= self._name_width
            self._fronts = (key, [] if is_short else shared_fronts(names))
        name = self.painter.veiled(grid.row_name(row))
        parts = name.split("/")
        fronts = self._fronts[1]
        if len(parts) == len(fronts) and all(map(str.startswith, parts, fronts)):
            parts = [part[len(front) :] for part, front in zip(parts, fronts, strict=True)]
        return "/".join(shortened(parts, width))

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
            first = self.first_column
            self.grid.move(self.grid.row, self.grid.column + step)
            self._show_column()
            if first == self.first_column:
                self._touch(self.cursor)
                self.refresh(Region(0, 0, self.size.width, self.head_rows))
            else:
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

    def action_fold(self) -> None:
        """Show the rows that are alike one by one, or as one again."""
        if self.grid is not None and self.row_count and self.grid.toggle(self.grid.row):
            self.renew()
            self.cursor_moved()

    def action_regroup(self) -> None:
        """Put rows that are alike together, or apart again."""
        self.tell(self.Rearranged("collapse"))

    def action_sort(self) -> None:
        """The worst rows and columns first, or by name again."""
        self.tell(self.Rearranged("sort"))

    def action_reverse(self) -> None:
        """The other way round."""
        self.tell(self.Rearranged("reverse"))

    def on_click(self, event: Click) -> None:
        """Put the cursor on the column as well; only the cell that has it already opens."""
        if self.grid is None:
            return
        at = self.first_column + (event.x - self._name_width - 1) // _CELL
        if at != self.grid.column and at in self._columns_shown():
            self.grid.move(self.grid.row, at)
            self.refresh()
            self.cursor_moved()
            if event.y - self.head_rows + self.top == self.cursor:
                event.prevent_default()


def _run(signs: list[str], sign: Sign) -> tuple[Piece, ...]:
    """Neighbouring cells of one sign as one piece."""
    return (Piece(" ".join(signs) + " ", sign.tone),) if signs else ()
