"""`help keys`: the keys of the terminal interface."""

from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table

ABOUT = "the keys of the terminal interface"


def lines(style: Style) -> list[str]:
    """One line per action."""
    from pgtopo.tui.keys import ACTIONS, shown

    headings = [
        Heading("KEYS"),
        Heading("WHAT IT DOES", is_prose=True),
        Heading("WHERE"),
        Heading("NAME"),
    ]
    rows = [
        (" ".join(shown(key) for key in a.keys), a.text, a.where.value.lower(), a.name)
        for a in ACTIONS
    ]
    return table(headings, rows, style)
