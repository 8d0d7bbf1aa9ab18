"""Finds every list table by walking this folder; there is no list to keep."""

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.errors import UsageError
from pgtopo.model.network import Subnet
from pgtopo.views import tables
from pgtopo.views.tables.base import AnyTable, Table


@cache
def all_tables() -> tuple[AnyTable, ...]:
    """Every list table, ordered by its word."""
    found: list[AnyTable] = []
    for module in pkgutil.iter_modules(tables.__path__):
        loaded = importlib.import_module(f"{tables.__name__}.{module.name}")
        table = getattr(loaded, "TABLE", None)
        if isinstance(table, Table):
            found.append(table)
    return tuple(sorted(found, key=lambda table: table.kind))


def named(kind: str) -> AnyTable | None:
    """The table with that word."""
    return next((table for table in all_tables() if table.kind == kind), None)


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
    narrowed = msgspec.structs.replace(
        table, item=table.effective.item, columns=table.effective.columns
    )
    return narrowed, table.effective.items(facts, subnet)
