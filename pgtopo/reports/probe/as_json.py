"""`probe` as JSON."""

from pgtopo.reports import encode
from pgtopo.reports.probe.document import ProbeDocument
from pgtopo.views.style import Style

FORMAT = "json"


def render(document: ProbeDocument, style: Style) -> bytes:
    """The document as it is."""
    return encode.document(document)
