"""`checks` as a text table."""

from collections.abc import Sequence

from pgtopo.checks.base import AnyCheck
from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table

FORMAT = "text"

_HEADINGS = [
    Heading("ID"),
    Heading("SEVERITY"),
    Heading("SLUG"),
    Heading("FINDS", is_prose=True),
    Heading("FAMILY"),
]


def render(checks: Sequence[AnyCheck], style: Style) -> bytes:
    """The catalogue, one line per check."""
    rows = [(c.id, c.severity.value, c.slug, c.title, c.family.label) for c in checks]
    return ("\n".join(table(_HEADINGS, rows, style)) + "\n").encode()
