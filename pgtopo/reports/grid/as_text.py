"""`matrix` and `dns` for people: per server, who fares how and why."""

from collections.abc import Iterator

from pgtopo.reports.grid.document import Grid
from pgtopo.reports.prose import paragraph
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.signs import count
from pgtopo.views.style import Style

FORMAT = "text"

_ORDER = ("blocked", "mixed", "unknown", "allowed")
_IN = "    "


_NO_ROWS = {
    "client": "No subnet in the data is a client: gateway, firewall, bastion, route server and"
    " PostgreSQL subnets do not count.",
    "network": "No virtual network is in the data.",
}


def render(grid: Grid, style: Style) -> Iterator[bytes]:
    """The grid grouped by server, verdict and code; a sentence where there is nothing to show."""
    if not grid.servers or not grid.rows:
        told = _NO_ROWS[grid.row_word] if grid.servers else "No flexible server is in the data."
        yield _encoded(list(paragraph(told, style, "")))
        return
    for server, groups in zip(grid.servers, _grouped(grid), strict=True):
        yield _encoded([style.painted(printable(server.name), "strong")])
        ordered = sorted(groups.items(), key=lambda item: (_ORDER.index(item[0][0]), item[0][1]))
        for (verdict, code), rows in ordered:
            yield _encoded(_group(grid, verdict, code, rows, style))
    lines = [line for note in grid.notes for line in paragraph(note, style, "    ", "  - ")]
    if lines:
        yield _encoded(["", style.painted("This rests on", "strong"), *lines])


def _grouped(grid: Grid) -> list[dict[tuple[str, str], list[int]]]:
    verdict, code = grid.place("verdict"), grid.place("code")
    groups: list[dict[tuple[str, str], list[int]]] = [{} for _ in grid.servers]
    for row in range(len(grid.rows)):
        for column, cell in enumerate(grid.cells_of(row)):
            groups[column].setdefault((cell[verdict], cell[code]), []).append(row)
    return groups


def _group(grid: Grid, verdict: str, code: str, rows: list[int], style: Style) -> list[str]:
    told = "" if code == "OK" else f" {code}"
    names = _listed([printable(grid.row_names[row]) for row in rows], style)
    number = count(len(rows), grid.row_word)
    head = f"{_IN}{style.marked(glyphs.of_verdict(verdict))}{told}  {number}"
    return [head, *paragraph(names, style, _IN * 2)]


def _listed(names: list[str], style: Style) -> str:
    """The names; of very many only the first, and how many more there are."""
    room = len(names) if style.width is None else max(style.width // 6, 8)
    if len(names) <= room + 1:
        return ", ".join(names)
    return f"{', '.join(names[:room])} and {len(names) - room:,} more"


def _encoded(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
