"""Every client subnet against every server.

found = matrix(facts)
found.cell(0, 0).verdict
found.summary().by_code
"""

from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

import msgspec

from pgtopo.analysis.client_parts import client_subnets
from pgtopo.analysis.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path import trace
from pgtopo.analysis.path_verdict import PathVerdict
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


class Cell(NamedTuple):
    """What one client subnet and one server come to."""

    verdict: Verdict
    dns: Verdict
    network: Verdict
    code: str


class MatrixSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A matrix in numbers."""

    clients: int
    servers: int
    pairs: int
    classes: int
    """Pairs of classes that were worked out; the others are equal to one of them."""
    pairs_per_second: float
    by_verdict: dict[str, int]
    by_code: dict[str, int]


def cell_of(path: PathVerdict) -> Cell:
    """The cell of a traced path."""
    return Cell(path.verdict, path.dns, path.network, path.code)


class Matrix:
    """All client subnets against all servers, worked out row by row when asked for."""

    def __init__(self, facts: Facts, port: int) -> None:
        self._facts = facts
        self.port = port
        self.clients: tuple[Subnet, ...] = tuple(client_subnets(facts))
        self.servers: tuple[FlexibleServer, ...] = facts.topology.all(FlexibleServer)

    def row(self, client: int) -> tuple[Cell, ...]:
        """The cells of one client subnet, one per server."""
        key = (self.port, client)
        return self._facts.once("matrix row", key, lambda: tuple(self._row(client)))

    def cell(self, client: int, server: int) -> Cell:
        """One cell."""
        return self.row(client)[server]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All rows, in the order of the clients."""
        return (self.row(index) for index in range(len(self.clients)))

    def _row(self, client: int) -> Iterator[Cell]:
        asker = subnet_client(self._facts, self.clients[client])
        for server in self.servers:
            yield cell_of(trace(self._facts, asker, server, port=self.port))

    def summary(self) -> MatrixSummary:
        """Counts by verdict and code, without keeping cells."""
        start = perf_counter()
        by_verdict: dict[str, int] = {}
        by_code: dict[str, int] = {}
        for row in self.rows():
            for cell in row:
                by_verdict[cell.verdict.value] = by_verdict.get(cell.verdict.value, 0) + 1
                by_code[cell.code] = by_code.get(cell.code, 0) + 1
        pairs = len(self.clients) * len(self.servers)
        return MatrixSummary(
            clients=len(self.clients),
            servers=len(self.servers),
            pairs=pairs,
            classes=pairs,
            pairs_per_second=pairs / max(perf_counter() - start, 1e-9),
            by_verdict=dict(sorted(by_verdict.items())),
            by_code=dict(sorted(by_code.items())),
        )


def matrix(facts: Facts, port: int = 5432) -> Matrix:
    """Every client subnet against every server of an estate.

    A subnet is judged by its own security group and route table; a cell equals the trace of its
    pair.
    """
    return Matrix(facts, port)
