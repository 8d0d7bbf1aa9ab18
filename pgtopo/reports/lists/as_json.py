"""`list` as JSON."""

from collections.abc import Sequence

import msgspec

from pgtopo.reports import encode
from pgtopo.views.style import Style
from pgtopo.views.tables.base import AnyTable

FORMAT = "json"


def render(table: AnyTable, items: Sequence[msgspec.Struct], style: Style) -> bytes:
    """The document of a list."""
    return encode.document({"schema": "pgtopo.list/1", "kind": table.kind, "items": items})
