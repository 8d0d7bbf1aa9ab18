"""`help exit-codes`."""

from pgtopo.cli import exit_codes
from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

ABOUT = "what the exit code of a command means"


def lines(style: Style) -> list[str]:
    """Each exit code with its meaning and the verbs that use it."""
    return [
        line
        for code, meaning, where in exit_codes.table()
        for line in paragraph(f"{meaning} ({where})", style, " " * 6, f"{code:>4}  ")
    ]
