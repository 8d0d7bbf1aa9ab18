"""Finds every list table by walking this folder; there is no list to keep."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from pgtopo.errors import UsageError
from pgtopo.folders import modules_in
from pgtopo.views import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import msgspec

    from pgtopo.analysis.facts import Facts
    from pgtopo.model.network import Subnet
    from pgtopo.views.tables.base import AnyTable


_FRAME = ("base", "registry")
"""Modules of this folder that are no tables."""


def kinds() -> tuple[str, ...]:
    """The word of every table, in order: the names of their modules; nothing is imported."""
    return tuple(name for name in modules_in(tables.__path__) if name not in _FRAME)


@cache
def all_tables() -> tuple[AnyTable, ...]:
    """Every list table, ordered by its word."""
    found = (named(kind) for kind in kinds())
    return tuple(table for table in found if table is not None)


def named(kind: str) -> AnyTable | None:
    """The table with that word."""
    if kind not in kinds():
        return None
    table: AnyTable = importlib.import_module(f"{tables.__name__}.{kind}").TABLE
    return table


def in_force(
    table: AnyTable, facts: Facts, subnet: Subnet
) -> tuple[AnyTable, Sequence[msgspec.Struct]]:
    """The table narrowed to what is in force on a subnet, and its items.

    Raises:
        UsageError: the table cannot tell.
    """
    if table.effective is None:
        able = ", ".join(one.kind for one in all_tables() if one.effective is not None)
        raise UsageError(
            f"{table.kind} are not in force on a subnet", f"--effective goes with {able}"
        )
    import msgspec

    narrowed = msgspec.structs.replace(
        table, item=table.effective.item, columns=table.effective.columns
    )
    return narrowed, table.effective.items(facts, subnet)
