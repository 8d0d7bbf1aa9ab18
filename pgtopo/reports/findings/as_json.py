"""`check` as JSON."""

from pgtopo.reports import encode
from pgtopo.reports.findings.document import FindingsDocument
from pgtopo.views.style import Style

FORMAT = "json"


def render(document: FindingsDocument, style: Style) -> bytes:
    """The findings document."""
    return encode.document(document)
