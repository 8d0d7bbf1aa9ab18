"""`matrix` and `dns` as csv: one line per cell."""

from collections.abc import Iterator

from pgtopo.reports import delimited
from pgtopo.reports.grid.document import Grid
from pgtopo.views.style import Style

FORMAT = "csv"


def render(grid: Grid, style: Style) -> Iterator[bytes]:
    """The document in parts, one row of the grid at a time."""
    yield delimited.rows([grid.row_word, "server", *grid.fields], [])
    for row, what in enumerate(grid.rows):
        lines = (
            [what["id"], server.id, *cell]
            for server, cell in zip(grid.servers, grid.cells_of(row), strict=True)
        )
        yield delimited.lines_only(lines)
