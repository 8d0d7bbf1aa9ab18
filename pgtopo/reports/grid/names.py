"""The `dns` document: every network against every server's name."""

from pgtopo.analysis.names.table import DnsCell, DnsTable
from pgtopo.model.topology import Topology
from pgtopo.reports.grid.document import Cell, Grid, Named

FIELDS = ("verdict", "code", "answers", "zone")


def build(topology: Topology, table: DnsTable) -> Grid:
    """The document of a table; networks that fare alike share their cells."""
    rows = [tuple(_cell(topology, cell) for cell in row) for row in table.rows]
    return Grid(
        schema="pgtopo.dns/1",
        row_word="network",
        rows=[{"id": topology.display(network.id)} for network in table.networks],
        row_names=[network.name for network in table.networks],
        servers=[Named(topology.display(server.id), server.name) for server in table.servers],
        fields=FIELDS,
        cells_of=lambda row: rows[table.row_of[row]],
    )


def _cell(topology: Topology, cell: DnsCell) -> Cell:
    zone = topology.display(cell.zone) if cell.zone is not None else None
    return (cell.verdict.value, cell.code, cell.answers, zone)
