"""The two grids of an estate: who reaches which server, and what each name comes to where."""

from collections.abc import Iterator, Sequence

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.engine import Word
from pgtopo.analysis.names.table import dns_table, in_short
from pgtopo.views.grid import Grid, Side
from pgtopo.views.grid_store import Cell, Source
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.path import SIGNS

_FEW = 200
"""Rows got ready as they are asked for; beyond, getting all ready at once costs less."""


def reach(facts: Facts) -> Grid:
    """Client subnets against servers: does the path hold."""
    found = matrix(facts)
    cells: dict[Word, Cell] = {}
    asked: set[int] = set()
    clients = [Side(one.id, full_name(facts.topology, one.id)) for one in found.clients]
    servers = [Side(one.id, name_in(facts.topology, one.id)) for one in found.servers]

    def prepare(rows: Sequence[int]) -> None:
        if len(asked) == len(clients):
            return
        asked.update(rows if len(asked) < _FEW else range(len(clients)))
        found.prepare(sorted(asked))

    def cells_of(row: int) -> Iterator[Cell]:
        for word in found.words(row):
            known = cells.get(word)
            if known is None:
                known = cells[word] = Cell(SIGNS[word.verdict], word.code)
            yield known

    return Grid(clients, servers, Source(cells_of, found.alike, prepare))


def names(facts: Facts) -> Grid:
    """Networks against server names: what the name comes to."""
    table = dns_table(facts)
    networks = [Side(one.id, name_in(facts.topology, one.id)) for one in table.networks]
    servers = [Side(one.id, name_in(facts.topology, one.id)) for one in table.servers]

    def cells_of(row: int) -> Iterator[Cell]:
        cells = table.rows[table.row_of[row]]
        return (Cell(SIGNS[cell.verdict], in_short(cell).value) for cell in cells)

    return Grid(networks, servers, cells_of, "network")
