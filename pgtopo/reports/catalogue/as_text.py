"""`checks` as a text table."""

from collections.abc import Sequence

from pgtopo.checks.base import AnyCheck
from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table

FORMAT = "text"

_HEADINGS = [Heading(title) for title in ("ID", "SEVERITY", "FAMILY", "SLUG", "TITLE")]


def render(checks: Sequence[AnyCheck], style: Style) -> bytes:
    """The catalogue, one line per check."""
    rows = [(c.id, c.severity.value, c.family.label, c.slug, c.title) for c in checks]
    return ("\n".join(table(_HEADINGS, rows, style)) + "\n").encode()
