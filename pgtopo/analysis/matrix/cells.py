"""Every client subnet against every server.

found = matrix(facts)
found.cell(0, 0).verdict
found.summary().by_code
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from time import perf_counter

import msgspec

from pgtopo.analysis.clients.parts import client_subnets
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.engine import Cell, Notes, PairEngine, Row, Word
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


class MatrixSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A matrix in numbers."""

    clients: int
    servers: int
    pairs: int
    classes: int
    """Classes of names and routes, and pairs that fit none, that all answers were made from."""
    pairs_per_second: float
    by_verdict: dict[str, int]
    by_code: dict[str, int]


class Matrix:
    """All client subnets against all servers, worked out row by row when asked for."""

    def __init__(self, facts: Facts, port: int) -> None:
        self._facts = facts
        self.port = port
        self.clients: tuple[Subnet, ...] = tuple(client_subnets(facts))
        self.servers: tuple[FlexibleServer, ...] = facts.topology.all(FlexibleServer)

    @property
    def _engine(self) -> PairEngine:
        return self._facts.once(
            "pair engine",
            self.port,
            lambda: self._engine_of(range(len(self.servers))),
        )

    def _engine_of(self, places: Sequence[int]) -> PairEngine:
        servers = tuple(self.servers[place] for place in places)
        return PairEngine(self._facts, self.clients, servers, places, self.port)

    def _column_engine(self, server: int) -> PairEngine:
        return self._facts.once(
            "column engine", (self.port, server), lambda: self._engine_of((server,))
        )

    def row(self, client: int) -> tuple[Cell, ...]:
        """The cells of one client subnet, one per server."""
        engine = self._engine
        return tuple(engine.cells(engine.row(client)))

    def cell(self, client: int, server: int) -> Cell:
        """One cell."""
        engine = self._column_engine(server)
        (found,) = engine.cells(engine.row(client))
        return found

    def words(self, client: int) -> list[Word]:
        """What one client subnet comes to with every server, without its parts."""
        engine = self._engine
        return engine.words(engine.brief(client))

    def alike(self, client: int) -> Hashable:
        """What only clients with equal words share; None where a client is looked at alone."""
        row = self._engine.brief(client)
        return None if row.traced else id(row)

    def prepare(self, clients: Iterable[int]) -> None:
        """Get ready to be asked for the words of some clients, which costs less at once."""
        self._engine.prepare(clients)

    def column(self, server: int) -> list[Word]:
        """What every client subnet comes to with one server; nothing else is worked out."""
        engine = self._column_engine(server)
        rows = engine.briefs(range(len(self.clients)))
        known = {id(row): engine.words(row)[0] for row in {id(row): row for row in rows}.values()}
        return [known[id(row)] for row in rows]

    def notes(self, client: int, servers: Iterable[int]) -> dict[int, Notes | None]:
        """What the stages of one client's paths to some servers say, where it is not plainly fine.

        None where only the trace tells; equal stages of the trace may say more than the gravest.
        """
        return self._engine.notes(client, servers)

    def expect(self, wanted: Mapping[int, Collection[int]]) -> None:
        """Get ready to be asked for the notes of some clients about some servers each."""
        self._engine.expect(wanted)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All rows, in the order of the clients."""
        return (self.row(index) for index in range(len(self.clients)))

    def _by_row(self) -> dict[int, tuple[Row, int]]:
        """The different rows in brief, each with how many clients have it."""
        found: dict[int, tuple[Row, int]] = {}
        for row in self._engine.briefs(range(len(self.clients))):
            _, times = found.get(id(row), (row, 0))
            found[id(row)] = (row, times + 1)
        return found

    def summary(self) -> MatrixSummary:
        """Counts by verdict and code, without making cells."""
        start = perf_counter()
        verdicts: Counter[str] = Counter()
        codes: Counter[str] = Counter()
        engine = self._engine
        for row, times in self._by_row().values():
            for counts, found in ((verdicts, _verdicts(row)), (codes, _codes(row))):
                for word, count in found:
                    counts[word] += count * times
        pairs = len(self.clients) * len(self.servers)
        return MatrixSummary(
            clients=len(self.clients),
            servers=len(self.servers),
            pairs=pairs,
            classes=engine.classes(),
            pairs_per_second=pairs / max(perf_counter() - start, 1e-9),
            by_verdict={word: n for word, n in sorted(verdicts.items()) if n},
            by_code={code: n for code, n in sorted(codes.items()) if n},
        )


def _verdicts(row: Row) -> Iterator[tuple[str, int]]:
    """How many pairs of a row come to what."""
    blocked, unknown = row.totals.blocked, row.totals.unknown
    yield "blocked", blocked.bit_count() + sum(mask.bit_count() for _, mask in row.dead)
    yield "unknown", unknown.bit_count()
    yield "allowed", (row.picked & ~blocked & ~unknown).bit_count()
    yield from ((cell.verdict.value, 1) for cell in row.traced.values())


def _codes(row: Row) -> Iterator[tuple[str, int]]:
    """How many pairs of a row have which code."""
    yield from ((code, mask.bit_count()) for code, mask in row.codes.items())
    yield from ((code, mask.bit_count()) for code, mask in row.dead)
    yield from ((cell.code, 1) for cell in row.traced.values())


def matrix(facts: Facts, port: int = 5432) -> Matrix:
    """Every client subnet against every server of an estate.

    A subnet is judged by its own security group and route table; a cell equals the trace of its
    pair.
    """
    return Matrix(facts, port)
