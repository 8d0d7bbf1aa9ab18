"""`matrix --summary` as JSON."""

import msgspec

from pgtopo.analysis.matrix.cells import MatrixSummary
from pgtopo.reports import encode
from pgtopo.views.style import Style

FORMAT = "json"


def render(summary: MatrixSummary, style: Style) -> bytes:
    """The summary document."""
    content = msgspec.structs.asdict(summary)
    content["pairs_per_second"] = round(summary.pairs_per_second)
    return encode.document({"schema": "pgtopo.matrix-summary/1", **content})
