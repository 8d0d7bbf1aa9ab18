"""`explain` as JSON."""

from pgtopo.checks.base import AnyCheck
from pgtopo.reports import encode
from pgtopo.reports.catalogue.entry import entry
from pgtopo.views.style import Style

FORMAT = "json"


def render(check: AnyCheck, style: Style) -> bytes:
    """The document of one check."""
    return encode.document({"schema": "pgtopo.check/1", **entry(check)})
