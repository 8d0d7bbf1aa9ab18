"""`check` as csv: one line per finding."""

from pgtopo.reports import delimited
from pgtopo.reports.findings.document import FindingItem, FindingsDocument
from pgtopo.reports.prose import value_text
from pgtopo.views.style import Style

FORMAT = "csv"

COLUMNS = (
    "check",
    "slug",
    "severity",
    "outcome",
    "certainty",
    "subject",
    "message",
    "settle_with",
    "related",
    "evidence",
    "suppressed_by",
    "baseline",
    "key",
)


def render(document: FindingsDocument, style: Style) -> bytes:
    """The findings as csv."""
    return delimited.rows(COLUMNS, (_line(item) for item in document.findings))


def _line(item: FindingItem) -> list[object]:
    return [_evidence(item) if key == "evidence" else getattr(item, key) for key in COLUMNS]


def _evidence(item: FindingItem) -> str:
    return "; ".join(f"{e.resource} {e.property}={value_text(e.value)}" for e in item.evidence)
