"""`checks` as JSON: every text of every check."""

from collections.abc import Sequence

from pgtopo.checks.base import AnyCheck
from pgtopo.checks.service_facts import SERVICE_FACTS
from pgtopo.reports import encode
from pgtopo.reports.catalogue.entry import entry
from pgtopo.views.style import Style

FORMAT = "json"


def render(checks: Sequence[AnyCheck], style: Style) -> bytes:
    """The catalogue document, with the facts about Azure behind it."""
    items = [entry(check) for check in checks]
    return encode.document({"schema": "pgtopo.checks/1", "items": items, "facts": SERVICE_FACTS})
