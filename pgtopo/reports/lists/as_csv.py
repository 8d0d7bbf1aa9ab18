"""`list` as csv: one column per key, nested keys joined by a dot."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from pgtopo.reports import delimited
from pgtopo.views.style import Style
from pgtopo.views.tables.base import AnyTable

FORMAT = "csv"


def render(table: AnyTable, items: Sequence[msgspec.Struct], style: Style) -> bytes:
    """The csv document of a list."""
    return delimited.rows(list(_header(table.item)), ([*_values(item)] for item in items))


def _header(item: type[msgspec.Struct], prefix: str = "") -> Iterator[str]:
    for field in msgspec.structs.fields(item):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from _header(field.type, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name


def _values(item: msgspec.Struct) -> Iterator[object]:
    for field in msgspec.structs.fields(item):
        value = getattr(item, field.name)
        if isinstance(value, msgspec.Struct):
            yield from _values(value)
        else:
            yield [_plain(one) for one in value] if isinstance(value, list) else value


def _plain(value: Any) -> object:
    """A nested entry as JSON text; everything else as it is."""
    if isinstance(value, msgspec.Struct):
        return msgspec.json.encode(value).decode()
    return value
