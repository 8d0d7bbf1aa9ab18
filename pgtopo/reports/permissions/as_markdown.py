"""The permissions as a Markdown table."""

from collections.abc import Sequence

from pgtopo.reports.permissions.needs import Need
from pgtopo.views import markdown
from pgtopo.views.style import Style

FORMAT = "markdown"


def render(needs: Sequence[Need], style: Style) -> bytes:
    """The permissions as a Markdown table."""
    return ("\n".join(lines(needs)) + "\n").encode()


def lines(needs: Sequence[Need]) -> list[str]:
    """The lines of the table."""
    rows = [
        [
            markdown.code(need.permission),
            "yes" if need.is_reader_enough else "**no**",
            markdown.escaped("; ".join(need.reads)),
            markdown.code(need.option) if need.option else "",
        ]
        for need in needs
    ]
    return markdown.table(("permission", "in Reader", "reads", "only with"), rows)
