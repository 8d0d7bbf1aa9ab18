"""`whatif` as JSON."""

from pgtopo.reports import encode
from pgtopo.reports.whatif.document import WhatIfDocument
from pgtopo.views.style import Style

FORMAT = "json"


def render(document: WhatIfDocument, style: Style) -> bytes:
    """The document."""
    return encode.document(document)
