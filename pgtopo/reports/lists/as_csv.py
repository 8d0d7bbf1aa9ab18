"""`list` as csv: one column per key, nested keys joined by a dot."""

from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_origin

import msgspec

from pgtopo.reports import delimited
from pgtopo.views.style import Style
from pgtopo.views.tables.base import AnyTable

FORMAT = "csv"


def render(table: AnyTable, items: Sequence[msgspec.Struct], style: Style) -> bytes:
    """The csv document of a list."""
    lines = ([*_values(table.item, item)] for item in items)
    return delimited.rows(list(_header(table.item)), lines)


def _header(item: type[msgspec.Struct], prefix: str = "") -> Iterator[str]:
    for field in msgspec.structs.fields(item):
        inner = _nested(field.type)
        if inner is not None:
            yield from _header(inner, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name


def _values(kind: type[msgspec.Struct], item: msgspec.Struct | None) -> Iterator[object]:
    """One value per column; nothing but empty ones where there is no item."""
    for field in msgspec.structs.fields(kind):
        value = getattr(item, field.name) if item is not None else None
        inner = _nested(field.type)
        if inner is not None:
            yield from _values(inner, value)
        else:
            yield [_plain(one) for one in value] if isinstance(value, list) else value


def _nested(kind: Any) -> type[msgspec.Struct] | None:
    """The struct a field holds, or may hold; None where it holds something else."""
    for one in (kind, *get_args(kind)) if get_origin(kind) is not list else ():
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            return one
    return None


def _plain(value: Any) -> object:
    """A nested entry as JSON text; everything else as it is."""
    if isinstance(value, msgspec.Struct):
        return msgspec.json.encode(value).decode()
    return value
