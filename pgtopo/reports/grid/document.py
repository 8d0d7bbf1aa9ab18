"""Rows of networks or clients against columns of servers, cells made when they are written."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

Cell = tuple[Any, ...]
"""The values of one cell, in the order of `Grid.fields`; cells that are alike are equal."""


class Named(msgspec.Struct, frozen=True):
    """One server."""

    id: str
    name: str


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """One document."""

    schema: str
    head: dict[str, object] = msgspec.field(default_factory=dict)
    """Further members in front of the lists."""
    row_word: str
    """`network` or `client`: the key of a row's number in a cell; its plural names the list."""
    rows: Sequence[dict[str, object]]
    """Each with an `id`."""
    row_names: Sequence[str]
    """What the rows are called where people read."""
    servers: Sequence[Named]
    fields: tuple[str, ...]
    """The keys of a cell's values; `verdict` and `code` are among them."""
    cells_of: Callable[[int], Sequence[Cell]]
    """The cells of a row, one per server."""
    notes: Sequence[str] = ()
    """What the whole document rests on."""

    def place(self, field: str) -> int:
        """Where a field stands in a cell."""
        return self.fields.index(field)
