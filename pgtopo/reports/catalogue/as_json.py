"""`checks` as JSON: every text of every check."""

from collections.abc import Sequence

from pgtopo.checks.base import AnyCheck
from pgtopo.reports import encode
from pgtopo.reports.catalogue.entry import entry
from pgtopo.views.style import Style

FORMAT = "json"


def render(checks: Sequence[AnyCheck], style: Style) -> bytes:
    """The catalogue document."""
    return encode.document({"schema": "pgtopo.checks/1", "items": [entry(c) for c in checks]})
