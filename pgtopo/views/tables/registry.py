"""Finds every list table by walking this folder; there is no list to keep."""

import importlib
import pkgutil
from functools import cache

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
