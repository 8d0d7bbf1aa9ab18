"""`help permissions`: what a login needs to collect everything."""

from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

ABOUT = "what a login needs for live data, and the role that grants just that"

_TEXT = (
    "The built-in Reader role is enough for everything that is collected by default. What it does"
    " not grant is asked for by an option only. What a login may not read is told as denied, with"
    " the permission, and counts as unknown."
)
_ROLE = (
    "'pgtopo doctor --role' prints a custom role that grants these permissions and no other;"
    " 'az role definition create --role-definition FILE' makes it."
)


def lines(style: Style) -> list[str]:
    """Every permission with what it is needed for."""
    from pgtopo.reports.permissions import as_text
    from pgtopo.reports.permissions.needs import needs

    return [
        *paragraph(_TEXT, style),
        "",
        *as_text.lines(needs(), style),
        "",
        *paragraph(_ROLE, style),
    ]
