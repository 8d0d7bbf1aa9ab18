"""The servers of a matrix as places: one slot per address a client may be sent to.

An injected server has one slot; a server with a private endpoint has the endpoint's and the
public one, of which the client's name answer picks one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.outs import FINE, Out, out_of
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer
from pgtopo.analysis.path.destinations import (
    Destination,
    destinations,
    endpoint_destination,
    injected,
)
from pgtopo.analysis.path.server_access import endpoint_step, injected_step, state_step
from pgtopo.analysis.servers.endpoints import server_endpoints
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.server import FlexibleServer, Mode


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One address of one server."""

    server: int
    destination: Destination
    state: Out
    access: Out = FINE
    """What the server itself says on the private way."""


class Slots:
    """Every slot, private ones first; slot `i` is bit `i`."""

    def __init__(
        self, facts: Facts, servers: tuple[FlexibleServer, ...], places: Sequence[int]
    ) -> None:
        """Takes some of the estate's servers, and their places among all of them."""
        self._facts = facts
        self.servers = servers
        self.places: tuple[int, ...] = tuple(places)
        private: list[Slot] = []
        others: list[Slot] = []
        for index, server in enumerate(servers):
            for slot in self._of_server(index, server):
                (private if slot.destination.target is not None else others).append(slot)
        self.items: tuple[Slot, ...] = (*private, *others)
        self.ends = Ends(facts, [t for slot in private if (t := slot.destination.target)])
        self.public: Mask = self._where(lambda slot: slot.destination.is_public)
        self._by_server: dict[int, list[int]] = {}
        for position, slot in enumerate(self.items):
            self._by_server.setdefault(slot.server, []).append(position)
        self._masks: list[Mask] = [0] * len(servers)
        for index, held in self._by_server.items():
            self._masks[index] = sum(1 << position for position in held)
        self._alone: dict[int, Mask] = {
            index: 1 << held[0] for index, held in self._by_server.items() if len(held) == 1
        }
        """The slots of servers with one only."""

    def _where(self, test: Callable[[Slot], bool]) -> Mask:
        return sum(1 << i for i, slot in enumerate(self.items) if test(slot))

    def _of_server(self, index: int, server: FlexibleServer) -> list[Slot]:
        state = out_of((state_step(server),))
        if server.mode is Mode.VNET:
            place = injected(self._facts, server)
            access = out_of((injected_step(server),))
            return [Slot(server=index, destination=place, state=state, access=access)]
        if server.mode is Mode.UNKNOWN:
            (place,) = destinations(self._facts, server, _NO_ANSWER)
            return [Slot(server=index, destination=place, state=state)]
        held = server_endpoints(self._facts, server)
        slots = [Slot(server=index, destination=Destination(is_public=True), state=state)]
        for one in held.approved or held.doubtful:
            place = endpoint_destination(self._facts, server, one)
            access = out_of((endpoint_step(server, one),))
            slots.append(Slot(server=index, destination=place, state=state, access=access))
        return slots

    def of_server(self, index: int) -> Mask:
        """All slots of one server."""
        return self._masks[index]

    def of_servers(self, indexes: Iterable[int]) -> Mask:
        """All slots of some servers."""
        found = 0
        for index in indexes:
            found |= self._masks[index]
        return found

    def servers_of(self, mask: Mask) -> Mask:
        """The servers of some slots, as the bits of their places in the list."""
        if mask == -1:
            return (1 << len(self.servers)) - 1
        return sum({1 << self.items[position].server for position in positions(mask)})

    def chosen(self, answers: Mapping[int, DnsAnswer]) -> tuple[Mask, Mask]:
        """The slot each server's name leads to, and all slots of servers without a single one.

        Takes the answers about some servers; nothing is said of the others.
        """
        picked = unclear = 0
        for index, answer in answers.items():
            if alone := self._alone.get(index):
                picked |= alone
                continue
            positions = self._by_server[index]
            found = self._picked(positions, answer)
            if found is None:
                unclear |= 1 << positions[0]
            else:
                picked |= 1 << found
        return picked, unclear

    def _picked(self, positions: list[int], answer: DnsAnswer) -> int | None:
        public = [p for p in positions if self.items[p].destination.is_public]
        private = [p for p in positions if p not in public]
        if answer.kind is AnswerKind.PUBLIC and answer.verdict is Verdict.ALLOWED:
            return public[0]
        if len(private) == 1:
            return private[0]
        named = [p for p in private if self._is_named(p, answer)]
        return named[0] if len(named) == 1 else None

    def _is_named(self, position: int, answer: DnsAnswer) -> bool:
        endpoint = self.items[position].destination.endpoint
        return endpoint is not None and endpoint.addresses.overlaps(answer.addresses)


_NO_ANSWER = DnsAnswer(verdict=Verdict.UNKNOWN)
