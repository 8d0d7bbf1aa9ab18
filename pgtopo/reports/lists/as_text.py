"""`list` as a text table."""

from collections.abc import Sequence

import msgspec

from pgtopo.views.style import Style
from pgtopo.views.tables.base import AnyTable
from pgtopo.views.text_table import Heading
from pgtopo.views.text_table import table as text_table

FORMAT = "text"


def render(table: AnyTable, items: Sequence[msgspec.Struct], style: Style) -> bytes:
    """The table of a list; its head also where it is empty."""
    headings = [Heading(column.title, column.is_number) for column in table.columns]
    rows = [[column.value(item) for column in table.columns] for item in items]
    return ("\n".join(text_table(headings, rows, style)) + "\n").encode()
