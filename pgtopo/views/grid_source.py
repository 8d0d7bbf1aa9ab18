"""The two grids of an estate: who reaches which server, and what each name comes to where."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.names.table import dns_table, in_short
from pgtopo.views.grid import Grid, Side
from pgtopo.views.grid_store import Cell
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.path import SIGNS


def reach(facts: Facts) -> Grid:
    """Client subnets against servers: does the path hold."""
    found = matrix(facts)
    clients = [Side(one.id, full_name(facts.topology, one.id)) for one in found.clients]
    servers = [Side(one.id, name_in(facts.topology, one.id)) for one in found.servers]

    def cells_of(row: int) -> Iterator[Cell]:
        return (Cell(SIGNS[cell.verdict], cell.code) for cell in found.row(row))

    return Grid(clients, servers, cells_of)


def names(facts: Facts) -> Grid:
    """Networks against server names: what the name comes to."""
    table = dns_table(facts)
    networks = [Side(one.id, name_in(facts.topology, one.id)) for one in table.networks]
    servers = [Side(one.id, name_in(facts.topology, one.id)) for one in table.servers]

    def cells_of(row: int) -> Iterator[Cell]:
        cells = table.rows[table.row_of[row]]
        return (Cell(SIGNS[cell.verdict], in_short(cell).value) for cell in cells)

    return Grid(networks, servers, cells_of, "network")
