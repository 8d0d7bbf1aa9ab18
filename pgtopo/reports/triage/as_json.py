"""`triage` as JSON."""

from pgtopo.reports import encode
from pgtopo.reports.triage.report import TriageReport
from pgtopo.views.style import Style

FORMAT = "json"


def render(report: TriageReport, style: Style) -> bytes:
    """The triage document."""
    return encode.document(report.document)
