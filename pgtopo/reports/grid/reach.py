"""The `matrix` document: every client subnet against every server."""

from collections.abc import Sequence

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import Matrix
from pgtopo.model.ids import name_of
from pgtopo.model.network import Subnet
from pgtopo.reports.grid.document import Cell, Grid, Named
from pgtopo.views.proof import assumption_item
from pgtopo.views.signs import count

FIELDS = ("verdict", "dns", "network", "code")


def build(facts: Facts, matrix: Matrix) -> Grid:
    """The document of a matrix; its cells are worked out while they are written."""
    topology = facts.topology
    rows = [_client(facts, subnet) for subnet in matrix.clients]
    return Grid(
        schema="pgtopo.matrix/1",
        head={"port": matrix.port},
        row_word="client",
        rows=rows,
        row_names=[f"{name_of(one.network)}/{one.name}" for one in matrix.clients],
        servers=[Named(topology.display(one.id), one.name) for one in matrix.servers],
        fields=FIELDS,
        cells_of=lambda row: _cells(matrix, row),
        notes=_notes(rows),
    )


def _client(facts: Facts, subnet: Subnet) -> dict[str, object]:
    client = subnet_client(facts, subnet)
    return {
        "id": facts.topology.display(subnet.id),
        "addresses": client.addresses.cidrs(),
        "assumptions": [assumption_item(one) for one in client.assumptions],
    }


def _cells(matrix: Matrix, row: int) -> list[Cell]:
    return [
        (cell.verdict.value, cell.dns.value, cell.network.value, cell.code)
        for cell in matrix.row(row)
    ]


def _notes(rows: Sequence[dict[str, object]]) -> list[str]:
    number = sum(bool(row["assumptions"]) for row in rows)
    if not number:
        return []
    return [
        f"{count(number, 'client subnet')} rest on an assumption, such as interfaces with an NSG"
        " of their own; --format json names them."
    ]
