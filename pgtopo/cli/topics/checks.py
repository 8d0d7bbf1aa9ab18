"""`help checks`: what a check is, and the families there are."""

from pgtopo.reports.prose import paragraph
from pgtopo.views.signs import count
from pgtopo.views.style import Style

ABOUT = "what checks are, and their families"

_TEXT = (
    "A check compares settings that must fit each other and says fail or unknown, with the property"
    " it saw. 'pgtopo checks' lists them all, 'pgtopo explain CHECK' shows one in full."
    " --select and --ignore take an id, a slug or a family."
)


def lines(style: Style) -> list[str]:
    """The families with how many checks each has."""
    from pgtopo.checks.base import Family
    from pgtopo.checks.registry import catalogue

    found = [*paragraph(_TEXT, style), ""]
    for family in Family:
        number = sum(check.family is family for check in catalogue())
        found.append(f"  PGT{family.value}xx  {family.label:<12} {count(number, 'check')}")
    return found
