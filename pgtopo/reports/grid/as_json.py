"""`matrix` and `dns` as JSON: lists of both sides, then one object per cell, in row order."""

from collections.abc import Iterator

from pgtopo.reports import encode
from pgtopo.reports.grid.document import Cell, Grid
from pgtopo.views.style import Style

FORMAT = "json"


def render(grid: Grid, style: Style) -> Iterator[bytes]:
    """The document in parts, one row of the grid at a time."""
    head = {
        "schema": grid.schema,
        **grid.head,
        f"{grid.row_word}s": grid.rows,
        "servers": grid.servers,
    }
    yield encode.compact(head).rstrip(b"}\n") + b',\n"cells":['
    tails: dict[Cell, bytes] = {}
    for row in range(len(grid.rows)):
        cells = grid.cells_of(row)
        front = f'{{"{grid.row_word}":{row},"server":'.encode()
        lines = [
            b"%b%d%b" % (front, column, tails.get(cell) or _tail(grid, cell, tails))
            for column, cell in enumerate(cells)
        ]
        if lines:
            yield (b"\n" if row == 0 else b",\n") + b",\n".join(lines)
    yield b"\n]}\n"


def _tail(grid: Grid, cell: Cell, tails: dict[Cell, bytes]) -> bytes:
    values = dict(zip(grid.fields, cell, strict=True))
    made = tails[cell] = b"," + encode.compact(values)[1:-1]
    return made
