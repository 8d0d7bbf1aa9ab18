"""The failover drill as JSON."""

from pgtopo.reports import encode
from pgtopo.reports.drill.document import DrillDocument
from pgtopo.views.style import Style

FORMAT = "json"


def render(document: DrillDocument, style: Style) -> bytes:
    """The drill document."""
    return encode.document(document)
