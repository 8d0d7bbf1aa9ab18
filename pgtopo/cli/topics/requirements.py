"""`help requirements`: the facts about Azure that pgtopo relies on, and what shows each."""

from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

ABOUT = "facts about Azure that pgtopo relies on, with the checks that cover them"

_TEXT = (
    "Facts about flexible servers and their networks on which the verdicts rest. Each is covered"
    " by checks, which find where an estate goes against it, or shown by a command."
)


def lines(style: Style) -> list[str]:
    """Every fact with its checks by name and the commands that show it."""
    from pgtopo.checks.registry import catalogue
    from pgtopo.checks.service_facts import SERVICE_FACTS

    slugs = {check.id: check.slug for check in catalogue()}
    found = [*paragraph(_TEXT, style)]
    for fact in SERVICE_FACTS:
        found += ["", *paragraph(fact.text, style, "     ", f"{fact.id}  ")]
        found += [f"     {one} {slugs[one]}" for one in fact.checks]
        for shown in fact.shown_by:
            found += paragraph(f"pgtopo {shown}", style, "       ", "     ")
    return found
