"""Every client subnet against every server by classes: the ledgers of all clients.

What a path's stages depend on is worked out once for everything that shares it; a client's
ledger is then put together from those answers. What does not fit any class is traced by itself.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.ledger import Ledger, Totals, verdict_in
from pgtopo.analysis.matrix.network import Asker, Network
from pgtopo.analysis.matrix.places import Mask, Out
from pgtopo.analysis.matrix.public import PublicSide
from pgtopo.analysis.matrix.slots import Slots
from pgtopo.analysis.matrix.ways import LEVELS, out_of
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.classes import NameClasses
from pgtopo.analysis.names.split import name_parts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer


class Cell(NamedTuple):
    """What one client subnet and one server come to."""

    verdict: Verdict
    dns: Verdict
    network: Verdict
    code: str


class Names(NamedTuple):
    """What the names of all servers come to for a class of clients."""

    picked: Mask
    unclear: Mask
    said: tuple[tuple[Out, Mask], ...]


class Row(NamedTuple):
    """One client's answers: sets of slots, and the cells that were traced by themselves."""

    picked: Mask
    totals: Totals
    codes: dict[str, Mask]
    traced: dict[int, Cell]
    """By server."""


def cell_of(path: PathVerdict) -> Cell:
    """The cell of a traced path."""
    return Cell(path.verdict, path.dns, path.network, path.code)


class PairEngine:
    """All rows of a matrix, made one by one from shared answers."""

    def __init__(
        self,
        facts: Facts,
        clients: tuple[Subnet, ...],
        servers: tuple[FlexibleServer, ...],
        port: int,
    ) -> None:
        self._facts = facts
        self._port = port
        self._clients = clients
        self._servers = servers
        service = ("tcp", port)
        self._slots = Slots(facts, servers)
        self._askers = [_asker(index, subnet) for index, subnet in enumerate(clients)]
        self._network = Network(facts, self._askers, self._slots, service)
        self._public = PublicSide(facts, self._slots, service)
        self._name_classes = NameClasses(facts, servers)
        self._names: dict[int, Names] = {}
        self._constant = self._constants()
        self.traced = 0
        """Pairs that were traced by themselves."""

    def _constants(self) -> list[tuple[Stage, Out, Mask]]:
        """What servers say to everybody."""
        said: dict[tuple[Stage, Out], Mask] = {}
        for position, slot in enumerate(self._slots.items):
            lacking = slot.destination.lacking
            outs = [(Stage.STATE, slot.state), (Stage.SERVER_ACCESS, slot.access)]
            if lacking is not None:
                outs.append((lacking.stage, out_of((lacking,))))
            for stage, out in outs:
                if out.level and not (slot.destination.is_public and stage is Stage.SERVER_ACCESS):
                    said[stage, out] = said.get((stage, out), 0) | 1 << position
        return [(stage, out, mask) for (stage, out), mask in said.items()]

    # -- rows --------------------------------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """One row per client, in order."""
        return (self.row(index) for index in range(len(self._clients)))

    def row(self, index: int) -> Row:
        """The row of one client."""
        asker = self._askers[index]
        client = subnet_client(self._facts, self._clients[index])
        if self._is_odd(asker, client):
            return self._all_traced(client)
        names = self._names_of(client)
        ledger = Ledger()
        ledger.left_over = self._slots.odd
        for stage, out, mask in self._constant:
            ledger.say(stage, out, mask)
        for out, mask in names.said:
            ledger.say(Stage.DNS, out, mask)
        self._network.tell(asker, ledger)
        if self._slots.public & names.picked:
            self._public.tell(asker, ledger)
        return self._closed(client, ledger, names)

    def _closed(self, client: Client, ledger: Ledger, names: Names) -> Row:
        alone = (names.picked & ledger.left_over) | names.unclear
        picked = names.picked & ~ledger.left_over
        totals = ledger.totals(picked)
        traced = {
            self._slots.items[position].server: self._cell(client, position)
            for position in _positions(alone)
        }
        return Row(picked, totals, ledger.codes(picked, totals), traced)

    def _cell(self, client: Client, position: int) -> Cell:
        server = self._servers[self._slots.items[position].server]
        return self._traced_cell(client, server)

    def _traced_cell(self, client: Client, server: FlexibleServer) -> Cell:
        self.traced += 1
        return cell_of(trace(self._facts, client, server, port=self._port))

    def _is_odd(self, asker: Asker, client: Client) -> bool:
        if self._facts.settings.assumptions or not asker.space:
            return True
        network = self._facts.topology.get(VirtualNetwork, asker.network)
        if network is None or asker.space - network.space:
            return True
        return len(name_parts(self._facts, client.parts[0])) != 1

    def _all_traced(self, client: Client) -> Row:
        traced = {
            index: self._traced_cell(client, server) for index, server in enumerate(self._servers)
        }
        return Row(0, Totals(0, 0, 0, 0, 0, 0), {}, traced)

    def _names_of(self, client: Client) -> Names:
        number = self._name_classes.class_of(client.parts[0])
        known = self._names.get(number)
        if known is None:
            answers = self._name_classes.row(number)
            picked, unclear = self._slots.chosen(answers)
            known = self._names[number] = Names(picked, unclear, self._said(answers, picked))
        return known

    def _said(self, answers: tuple[DnsAnswer, ...], picked: Mask) -> tuple[tuple[Out, Mask], ...]:
        found: dict[Out, Mask] = {}
        for position in _positions(picked):
            answer = answers[self._slots.items[position].server]
            out = Out(LEVELS[answer.verdict], answer.code)
            if out.level:
                found[out] = found.get(out, 0) | 1 << position
        return tuple(found.items())

    def cells(self, row: Row) -> list[Cell]:
        """A row's cells in the order of the servers."""
        found: dict[int, Cell] = dict(row.traced)
        totals = row.totals
        for code, mask in row.codes.items():
            for position in _positions(mask):
                bit = 1 << position
                found[self._slots.items[position].server] = Cell(
                    verdict_in(bit, totals.blocked, totals.unknown),
                    verdict_in(bit, totals.dns_blocked, totals.dns_unknown),
                    verdict_in(bit, totals.network_blocked, totals.network_unknown),
                    code,
                )
        return [found[index] for index in range(len(self._servers))]

    def classes(self) -> int:
        """How many classes of names, routes and filters the rows were made from."""
        return len(self._name_classes) + self._network.classes() + self.traced


def _asker(index: int, subnet: Subnet) -> Asker:
    return Asker(
        index=index,
        subnet=subnet.id,
        network=subnet.network,
        space=subnet.space,
        route_table=subnet.route_table,
    )


def _positions(mask: Mask) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
