"""Every client subnet against every server by classes: the ledgers of all clients.

What a path's stages depend on is worked out once for everything that shares it; a client's
ledger is then put together from those answers. What does not fit any class is traced by itself.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.clients.parts import subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.askers import asker_of
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.ledger import Ledger, Totals, verdict_in
from pgtopo.analysis.many.network import Network
from pgtopo.analysis.many.outs import LEVELS, Out, out_of
from pgtopo.analysis.matrix.public import PublicSide
from pgtopo.analysis.matrix.slots import Slots
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.classes import name_classes
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
    alive: Mask
    """The picked slots that neither the name nor the server's state puts out of the question."""
    dead: tuple[tuple[str, int], ...]
    """How many of the others there are, by code."""


class Row(NamedTuple):
    """One client's answers: sets of slots, and the cells that were traced by themselves."""

    picked: Mask
    totals: Totals
    codes: dict[str, Mask]
    traced: dict[int, Cell]
    """By server."""


Notes = tuple[tuple[Stage, Out], ...]
"""What the stages of a path say, where it is not plainly fine."""


class _Judged(NamedTuple):
    """What was said about some slots of one client."""

    names: Names
    ledger: Ledger
    wanted: Mask


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
        self._askers = [asker_of(index, subnet) for index, subnet in enumerate(clients)]
        self._network = Network(facts, self._askers, self._slots.ends, service)
        self._public = PublicSide(facts, self._slots, service)
        self._name_classes = name_classes(facts)
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

    def slots_of(self, server: int) -> Mask:
        """The slots of one server."""
        return self._slots.of_server(server)

    # -- rows --------------------------------------------------------------------------------------

    def rows(self) -> Iterator[Row]:
        """One row per client, in order."""
        return (self.row(index) for index in range(len(self._clients)))

    def row(self, index: int, within: Mask = -1) -> Row:
        """The row of one client, or as much of it as is about some slots."""
        names = self._names_of(index)
        if names is None:
            return self._all_traced(index, within)
        return self._closed(index, self._judged(index, names, names.picked & within), within)

    def notes(self, index: int, servers: Iterable[int]) -> dict[int, Notes | None]:
        """What the stages of one client's paths to some servers say, where it is not plainly fine.

        A stage that says several things may be told by the gravest; None where only a path of its
        own tells.
        """
        found: dict[int, Notes | None] = dict.fromkeys(servers)
        number = self._name_class(index)
        names = self._names_of(index)
        if number is None or names is None:
            return found
        slots = {server: self._slots.of_server(server) & names.picked for server in found}
        wanted = 0
        for bit in slots.values():
            wanted |= bit
        ledger = self._judged(index, names, wanted).ledger
        answers = self._name_classes.row(number)
        for server, bit in slots.items():
            if bit and not bit & (ledger.left_over | names.unclear):
                answer = answers[server]
                told = ledger.about(bit)
                if answer.verdict is Verdict.ALLOWED and answer.code != "OK":
                    told = (*told, (Stage.DNS, Out(0, answer.code)))
                found[server] = told
        return found

    def brief(self, index: int) -> tuple[Row, tuple[tuple[str, int], ...]]:
        """The row of one client without pairs that name or state block, and those by code.

        What is left out of the row is blocked, whatever the network says.
        """
        names = self._names_of(index)
        if names is None:
            return self._all_traced(index, -1), ()
        within = names.alive | names.unclear
        return self._closed(index, self._judged(index, names, names.alive), within), names.dead

    def _judged(self, index: int, names: Names, wanted: Mask) -> _Judged:
        """What all stages say about the slots that are wanted."""
        asker = self._askers[index]
        ledger = Ledger(self._slots.ends.odd & wanted)
        for stage, out, mask in self._constant:
            ledger.say(stage, out, mask & wanted)
        ledger.say_all(Stage.DNS, names.said, wanted)
        self._network.tell(asker, ledger, wanted)
        if public := self._slots.public & wanted:
            self._public.tell(asker, ledger, public)
        return _Judged(names, ledger, wanted)

    def _closed(self, index: int, judged: _Judged, within: Mask) -> Row:
        names, ledger, wanted = judged
        alone = (wanted & ledger.left_over) | (names.unclear & within)
        picked = wanted & ~ledger.left_over
        totals = ledger.totals(picked)
        traced = {
            self._slots.items[position].server: self._cell(index, position)
            for position in positions(alone)
        }
        return Row(picked, totals, ledger.codes(picked, totals), traced)

    def _cell(self, index: int, position: int) -> Cell:
        return self._traced_cell(index, self._slots.items[position].server)

    def _traced_cell(self, index: int, server: int) -> Cell:
        self.traced += 1
        client = subnet_client(self._facts, self._clients[index])
        return cell_of(trace(self._facts, client, self._servers[server], port=self._port))

    def _all_traced(self, index: int, within: Mask) -> Row:
        wanted = positions(self._slots.servers_of(within))
        traced = {server: self._traced_cell(index, server) for server in wanted}
        return Row(0, Totals(0, 0, 0, 0, 0, 0), {}, traced)

    def _names_of(self, index: int) -> Names | None:
        """What the names of all servers come to; None for a client that is traced throughout."""
        number = self._name_class(index)
        if number is None:
            return None
        known = self._names.get(number)
        if known is None:
            answers = self._name_classes.row(number)
            picked, unclear = self._slots.chosen(answers)
            said = self._said(answers, picked)
            known = self._names[number] = self._named(picked, unclear, said)
        return known

    def _name_class(self, index: int) -> int | None:
        asker, subnet = self._askers[index], self._clients[index]
        if self._facts.settings.assumptions or not asker.space:
            return None
        if subnet.unread_prefixes:
            return None
        network = self._facts.topology.get(VirtualNetwork, asker.network)
        if network is None or asker.space - network.space:
            return None
        known = self._name_classes.class_of_subnet(subnet)
        if known is not None:
            return known
        (part, *others) = name_parts(self._facts, subnet_part(subnet))
        return None if others else self._name_classes.class_of(part)

    def _named(self, picked: Mask, unclear: Mask, said: tuple[tuple[Out, Mask], ...]) -> Names:
        states = [(out, mask) for stage, out, mask in self._constant if stage is Stage.STATE]
        alive = picked
        dead: dict[str, int] = {}
        for out, mask in (*states, *said):
            if out.level == 2 and (hit := mask & alive):
                dead[out.code] = dead.get(out.code, 0) + hit.bit_count()
                alive ^= hit
        return Names(picked, unclear, said, alive, tuple(dead.items()))

    def _said(self, answers: tuple[DnsAnswer, ...], picked: Mask) -> tuple[tuple[Out, Mask], ...]:
        found: dict[Out, Mask] = {}
        for position in positions(picked):
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
            for position in positions(mask):
                bit = 1 << position
                found[self._slots.items[position].server] = Cell(
                    verdict_in(bit, totals.blocked, totals.unknown),
                    verdict_in(bit, totals.dns_blocked, totals.dns_unknown),
                    verdict_in(bit, totals.network_blocked, totals.network_unknown),
                    code,
                )
        return [found[index] for index in sorted(found)]

    def classes(self) -> int:
        """How many classes of names, routes and filters the rows were made from."""
        return len(self._name_classes) + self._network.classes() + self.traced
