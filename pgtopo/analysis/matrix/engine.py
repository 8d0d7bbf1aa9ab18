"""Every client subnet against every server by classes: the ledgers of all clients.

What a path's stages depend on is worked out once for everything that shares it; a client's
ledger is then put together from those answers. What does not fit any class is traced by itself.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.askers import Asker, askers_of
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.heard import SILENCE, Heard
from pgtopo.analysis.many.ledger import Ledger, Totals, verdict_in
from pgtopo.analysis.many.network import Network
from pgtopo.analysis.many.outs import Out, out_of
from pgtopo.analysis.many.windows import Windows
from pgtopo.analysis.matrix.naming import Names, Naming
from pgtopo.analysis.matrix.public import PublicSide
from pgtopo.analysis.matrix.slots import Slots
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


class Cell(NamedTuple):
    """What one client subnet and one server come to."""

    verdict: Verdict
    dns: Verdict
    network: Verdict
    code: str


class Word(NamedTuple):
    """What one client subnet and one server come to, in short."""

    verdict: Verdict
    code: str


class Row(NamedTuple):
    """One client's answers: sets of slots, and the cells that were traced by themselves."""

    picked: Mask
    totals: Totals
    codes: dict[str, Mask]
    dead: tuple[tuple[str, Mask], ...]
    """Slots left out of the rest, by the code of what blocks them whatever the network says."""
    traced: dict[int, Cell]
    """By server."""


Notes = tuple[tuple[Stage, Out], ...]
"""What the stages of a path say, where it is not plainly fine."""


class _Expected(NamedTuple):
    """What is known of the servers that notes about some clients will be about."""

    names: Names
    servers: frozenset[int]
    ends: Mask


_NOTHING = Totals(0, 0, 0, 0, 0, 0)


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
        places: Sequence[int],
        port: int,
    ) -> None:
        """Takes clients, and some of the estate's servers with their places among all."""
        self._facts = facts
        self._port = port
        self._clients = clients
        self._servers = servers
        service = ("tcp", port)
        self._slots = Slots(facts, servers, places)
        self._askers = askers_of(facts, clients)
        self._networks = Windows(facts, self._slots.ends, self._askers, service)
        self._public = PublicSide(facts, self._slots, service)
        self._constant = self._constants()
        states = [(out, mask) for stage, out, mask in self._constant if stage is Stage.STATE]
        self._naming = Naming(facts, self._slots, states)
        self._rows: dict[Hashable, tuple[tuple[Heard, ...], Row]] = {}
        """By identity of what was heard, which is kept beside the answer for that."""
        self._lost: dict[int, Row] = {}
        """The rows of classes of clients whose names, or servers' states, block everything."""
        self._expected: dict[int, _Expected] = {}
        """By client, what notes will be asked about."""
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

    def _names_of(self, index: int) -> Names | None:
        """What the names of all servers come to; None for a client that is traced throughout."""
        return self._naming.of(self._askers[index], self._clients[index])

    # -- rows --------------------------------------------------------------------------------------

    def row(self, index: int) -> Row:
        """The row of one client, with what the network says of every pair."""
        names = self._names_of(index)
        if names is None:
            return self._all_traced(index)
        heard = self._heard(index, names.picked, self._networks.whole())
        return self._closed(index, names, names.picked, heard)

    def prepare(self, indexes: Iterable[int]) -> None:
        """Get ready for the brief rows of some clients, which costs less than one by one."""
        self._admit([(index, self._names_of(index)) for index in indexes])

    def _admit(self, named: Iterable[tuple[int, Names | None]]) -> None:
        alive: dict[Mask, list[Asker]] = {}
        everyone = self._slots.ends.everyone
        for index, names in named:
            if names is not None and (private := names.alive & everyone):
                alive.setdefault(private, []).append(self._askers[index])
        for mask, askers in alive.items():
            self._networks.admit(mask, askers)

    def briefs(self, indexes: Iterable[int]) -> list[Row]:
        """The brief rows of some clients, for which nothing has to be got ready."""
        named = [(index, self._names_of(index)) for index in indexes]
        self._admit(named)
        return [self._brief(index, names) for index, names in named]

    def brief(self, index: int) -> Row:
        """The row of one client without a look at the network where name or state block.

        The same object for clients that cannot differ.
        """
        return self._brief(index, self._names_of(index))

    def _brief(self, index: int, names: Names | None) -> Row:
        if names is None:
            return self._all_traced(index)
        if not names.alive and not names.unclear:
            return self._lost.get(names.number) or self._lose(index, names)
        heard = self._heard(index, names.alive, self._networks.of(names.alive))
        key = (names.number, *(part.key for part in heard))
        known = self._rows.get(key)
        if known is not None:
            return known[1]
        row = self._closed(index, names, names.alive, heard)
        if not row.traced:
            self._rows[key] = (heard, row)
        return row

    def _lose(self, index: int, names: Names) -> Row:
        """The row of clients that nothing is left to be asked about."""
        return self._lost.setdefault(names.number, self._closed(index, names, 0, ()))

    def notes(self, index: int, servers: Iterable[int]) -> dict[int, Notes | None]:
        """What the stages of one client's paths to some servers say, where it is not plainly fine.

        A stage that says several things may be told by the gravest; None where only a path of its
        own tells.
        """
        found: dict[int, Notes | None] = dict.fromkeys(servers)
        expected = self._expected.get(index)
        is_expected = expected is not None and expected.servers.issuperset(found)
        names = expected.names if expected and is_expected else self._names_of(index)
        if names is None:
            return found
        slots = {server: self._slots.of_server(server) & names.picked for server in found}
        wanted = self._slots.of_servers(found) & names.picked
        network = self._network_for(index, wanted & self._slots.ends.everyone)
        ledger = self._ledger(names, wanted, self._heard(index, wanted, network))
        for server, bit in slots.items():
            if bit and not bit & (ledger.left_over | names.unclear):
                odd = tuple((Stage.DNS, Out(0, code)) for code, m in names.odd_said if m & bit)
                found[server] = (*ledger.about(bit), *odd)
        return found

    def _closed(self, index: int, names: Names, wanted: Mask, heard: Iterable[Heard]) -> Row:
        ledger = self._ledger(names, wanted, heard)
        alone = (wanted & ledger.left_over) | names.unclear
        picked = wanted & ~ledger.left_over
        totals = ledger.totals(picked)
        servers = positions(self._slots.servers_of(alone)) if alone else ()
        traced = {server: self._traced_cell(index, server) for server in servers}
        dead = names.dead if wanted == names.alive else ()
        return Row(picked, totals, ledger.codes(picked, totals), dead, traced)

    def expect(self, wanted: Mapping[int, Collection[int]]) -> None:
        """Get ready for notes about some clients and some servers each."""
        asked: dict[int, set[int]] = {}
        groups: dict[int, list[int]] = {}
        for index, servers in wanted.items():
            number = self._naming.class_of(self._askers[index], self._clients[index])
            if number is not None:
                asked.setdefault(number, set()).update(servers)
                groups.setdefault(number, []).append(index)
        for number, indexes in groups.items():
            names = self._naming.about(number, asked[number])
            ends = self._slots.of_servers(asked[number]) & names.picked & self._slots.ends.everyone
            self._networks.admit(ends, [self._askers[index] for index in indexes])
            expected = _Expected(names, frozenset(asked[number]), ends)
            self._expected.update(dict.fromkeys(indexes, expected))

    def _network_for(self, index: int, private: Mask) -> Network:
        """A network with at least some ends that is ready for a client."""
        expected = self._expected.get(index)
        ends = expected.ends if expected is not None else 0
        return self._networks.whole() if private & ~ends else self._networks.of(ends)

    def _heard(self, index: int, wanted: Mask, network: Network) -> tuple[Heard, Heard]:
        """What the network and the way to public addresses say about some slots."""
        asker, public = self._askers[index], self._slots.public & wanted
        return (
            network.heard(asker, wanted),
            self._public.heard(asker, public) if public else SILENCE,
        )

    def _ledger(self, names: Names, wanted: Mask, heard: Iterable[Heard]) -> Ledger:
        """What all stages say about some slots."""
        ledger = Ledger(self._slots.ends.odd & wanted)
        for stage, out, mask in self._constant:
            ledger.say(stage, out, mask & wanted)
        ledger.say_all(Stage.DNS, names.said, wanted)
        for part in heard:
            part.write(ledger)
        return ledger

    def _traced_cell(self, index: int, server: int) -> Cell:
        self.traced += 1
        client = subnet_client(self._facts, self._clients[index])
        return cell_of(trace(self._facts, client, self._servers[server], port=self._port))

    def _all_traced(self, index: int) -> Row:
        traced = {at: self._traced_cell(index, at) for at in range(len(self._servers))}
        return Row(0, _NOTHING, {}, (), traced)

    # -- cells -------------------------------------------------------------------------------------

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

    def words(self, row: Row) -> list[Word]:
        """What a row's pairs come to, in the order of the servers."""
        found = {server: Word(cell.verdict, cell.code) for server, cell in row.traced.items()}
        items = self._slots.items
        for code, mask in row.dead:
            word = Word(Verdict.BLOCKED, code)
            found.update((items[position].server, word) for position in positions(mask))
        blocked, unknown = row.totals.blocked, row.totals.unknown
        for code, mask in row.codes.items():
            for verdict, held in (
                (Verdict.BLOCKED, mask & blocked),
                (Verdict.UNKNOWN, mask & unknown),
                (Verdict.ALLOWED, mask & ~blocked & ~unknown),
            ):
                word = Word(verdict, code)
                found.update((items[position].server, word) for position in positions(held))
        return [found[index] for index in range(len(self._servers))]

    def classes(self) -> int:
        """How many classes of names, routes and filters the rows were made from."""
        return len(self._naming) + self._networks.classes() + self.traced
