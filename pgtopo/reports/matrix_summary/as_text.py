"""`matrix --summary` for people."""

from pgtopo.analysis.matrix.cells import MatrixSummary
from pgtopo.views import glyphs
from pgtopo.views.signs import count
from pgtopo.views.style import Style

FORMAT = "text"


def render(summary: MatrixSummary, style: Style) -> bytes:
    """The counts, the largest first."""
    lines = [
        f"{count(summary.clients, 'client subnet')}, {count(summary.servers, 'server')},"
        f" {count(summary.pairs, 'pair')}"
        f" in {count(summary.classes, 'class', 'classes')}",
        "",
    ]
    width = len(f"{summary.pairs:,}")
    for word, number in _largest_first(summary.by_verdict):
        lines.append(f"  {number:>{width},}  {style.marked(glyphs.of_verdict(word))}")
    lines.append("")
    for code, number in _largest_first(summary.by_code):
        lines.append(f"  {number:>{width},}  {code}")
    return ("\n".join(lines) + "\n").encode()


def _largest_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
