"""A list whose rows are all at hand, and which keeps its own cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style

from pgtopo.tui.line_list import LineList
from pgtopo.views.lines import Piece

R = TypeVar("R")


class RowList(LineList, Generic[R]):
    """Rows as they were given, one of them under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: tuple[R, ...] = ()
        self._cursor = 0

    def take(self, rows: tuple[R, ...], at: int) -> None:
        """Take rows, and which of them is selected; nothing is painted anew where none changed."""
        if rows is self.rows or rows == self.rows:
            self.go_quietly(at)
            return
        self.rows = rows
        self._cursor = max(0, min(at, len(rows) - 1))
        self.renew()

    def painted(self, pieces: Sequence[Piece], base: Style, *, has_cursor: bool) -> list[Segment]:
        """A row's pieces; all of them stand out where the cursor and the focus are there."""
        if has_cursor and self.has_focus:
            return self.painter.cursor(pieces, base)
        return self.painter.segments(pieces, base)

    @property
    def row_count(self) -> int:
        """Rows there are."""
        return len(self.rows)

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        return self._cursor

    def put_cursor(self, row: int) -> None:
        """Move the cursor."""
        self._cursor = row
