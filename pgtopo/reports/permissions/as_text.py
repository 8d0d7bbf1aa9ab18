"""The permissions as a text table."""

from collections.abc import Sequence

from pgtopo.reports.permissions.needs import Need
from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table

FORMAT = "text"

_HEADINGS = [
    Heading("PERMISSION"),
    Heading("READER"),
    Heading("READS", is_prose=True),
    Heading("ASKED OF"),
    Heading("ONLY WITH"),
]


def render(needs: Sequence[Need], style: Style) -> bytes:
    """One line per permission."""
    return ("\n".join(lines(needs, style)) + "\n").encode()


def lines(needs: Sequence[Need], style: Style) -> list[str]:
    """The lines of the table."""
    rows = [
        (
            need.permission,
            need.is_reader_enough,
            ", ".join(need.reads),
            ", ".join(need.services),
            need.option,
        )
        for need in needs
    ]
    return table(_HEADINGS, rows, style)
