"""A list whose rows are all at hand, and which keeps its own cursor."""

from __future__ import annotations

from typing import Generic, TypeVar

from pgtopo.tui.line_list import LineList

R = TypeVar("R")


class RowList(LineList, Generic[R]):
    """Rows as they were given, one of them under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: tuple[R, ...] = ()
        self._cursor = 0

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
