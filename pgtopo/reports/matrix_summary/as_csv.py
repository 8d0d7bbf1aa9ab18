"""`matrix --summary` as csv: one line per count."""

from pgtopo.analysis.matrix.cells import MatrixSummary
from pgtopo.reports import delimited
from pgtopo.views.style import Style

FORMAT = "csv"


def render(summary: MatrixSummary, style: Style) -> bytes:
    """The counts as csv."""
    lines: list[tuple[object, ...]] = [
        ("total", "pairs", summary.pairs),
        *(("verdict", word, number) for word, number in summary.by_verdict.items()),
        *(("code", word, number) for word, number in summary.by_code.items()),
    ]
    return delimited.rows(("counted", "word", "pairs"), lines)
