"""`help kinds`: the resource kinds that are read, and what a reader needs for each."""

from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table

ABOUT = "the resource kinds pgtopo reads, and the permission for each"


def lines(style: Style) -> list[str]:
    """One line per kind."""
    from pgtopo.sources.registry import kinds

    headings = [Heading("KIND"), Heading("PERMISSION"), Heading("WHAT IT IS", is_prose=True)]
    rows = [(kind.arm_type, kind.permission, kind.summary) for kind in kinds().values()]
    return table(headings, rows, style)
