"""`trace` as JSON."""

from pgtopo.reports import encode
from pgtopo.reports.trace.document import TraceDocument
from pgtopo.views.style import Style

FORMAT = "json"


def render(document: TraceDocument, style: Style) -> bytes:
    """The trace document."""
    return encode.document(document)
