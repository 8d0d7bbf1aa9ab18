"""`checks` as a Markdown table."""

from collections.abc import Sequence

from pgtopo.checks.base import AnyCheck
from pgtopo.views import markdown
from pgtopo.views.style import Style

FORMAT = "markdown"


def render(checks: Sequence[AnyCheck], style: Style) -> bytes:
    """The catalogue as a Markdown table."""
    return ("\n".join(lines(checks)) + "\n").encode()


def lines(checks: Sequence[AnyCheck]) -> list[str]:
    """The lines of the table."""
    rows = [
        [c.id, markdown.code(c.slug), c.severity.value, markdown.escaped(c.title)] for c in checks
    ]
    return markdown.table(("id", "slug", "severity", "finds"), rows)
