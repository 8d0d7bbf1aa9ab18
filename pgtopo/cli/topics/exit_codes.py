"""`help exit-codes`."""

from pgtopo.cli import exit_codes
from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table

ABOUT = "what the exit code of a command means"


def lines(style: Style) -> list[str]:
    """The exit codes as a table."""
    headings = [Heading("CODE", is_number=True), Heading("WHERE"), Heading("MEANING")]
    rows = [(code, where, meaning) for code, meaning, where in exit_codes.TABLE]
    return table(headings, rows, style)
