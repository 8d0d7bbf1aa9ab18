"""The servers of a matrix as places: one slot per address a client may be sent to.

An injected server has one slot; a server with a private endpoint has the endpoint's and the
public one, of which the client's name answer picks one.
"""

from collections.abc import Callable

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, group_ids
from pgtopo.analysis.filters.nsg import Direction, compile_nsg
from pgtopo.analysis.matrix.places import FINE, Mask, Out, Place, Places
from pgtopo.analysis.matrix.ways import out_of
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
from pgtopo.analysis.way.walk_state import Target, TargetKind
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import TENANT
from pgtopo.model.net import EMPTY
from pgtopo.model.network import NetworkInterface, VirtualNetwork
from pgtopo.model.server import FlexibleServer, Mode


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One address of one server."""

    server: int
    destination: Destination
    state: Out
    access: Out = FINE
    """What the server itself says on the private way."""
    is_odd: bool = False
    """Left to a path of its own."""
    has_groups: bool = False
    """Application security groups may bear on clients of its own network."""


class Slots:
    """Every slot, private ones first; slot `i` is bit `i`."""

    def __init__(self, facts: Facts, servers: tuple[FlexibleServer, ...]) -> None:
        self._facts = facts
        self.servers = servers
        private: list[Slot] = []
        others: list[Slot] = []
        for index, server in enumerate(servers):
            for slot in self._of_server(index, server):
                (private if slot.destination.target is not None else others).append(slot)
        self.items: tuple[Slot, ...] = (*private, *others)
        self.places = Places([self._place(slot) for slot in private])
        self.public: Mask = self._where(lambda slot: slot.destination.is_public)
        self.lacking: Mask = self._where(lambda slot: slot.destination.lacking is not None)
        self.odd: Mask = self._where(lambda slot: slot.is_odd)
        self.grouped: Mask = self._where(lambda slot: slot.has_groups)
        self.endpoints: Mask = self._where(
            lambda s: (
                s.destination.target is not None
                and s.destination.target.kind is TargetKind.ENDPOINT
            )
        )
        self._by_server: dict[int, list[int]] = {}
        for position, slot in enumerate(self.items):
            self._by_server.setdefault(slot.server, []).append(position)

    def _where(self, test: Callable[[Slot], bool]) -> Mask:
        return sum(1 << i for i, slot in enumerate(self.items) if test(slot))

    @staticmethod
    def _place(slot: Slot) -> Place:
        target = slot.destination.target or _NOWHERE
        return Place(target.network or TENANT, target.subnet or TENANT, target.addresses)

    def _of_server(self, index: int, server: FlexibleServer) -> list[Slot]:
        state = out_of((state_step(server),))
        if server.mode is Mode.VNET:
            place = injected(self._facts, server)
            access = out_of((injected_step(server),))
            return [self._slot(index, place, state, access)]
        if server.mode is Mode.UNKNOWN:
            (place,) = destinations(self._facts, server, _NO_ANSWER)
            return [Slot(server=index, destination=place, state=state)]
        held = server_endpoints(self._facts, server)
        slots = [Slot(server=index, destination=Destination(is_public=True), state=state)]
        for one in held.approved or held.doubtful:
            place = endpoint_destination(self._facts, server, one)
            access = out_of((endpoint_step(server, one),))
            slots.append(self._slot(index, place, state, access))
        return slots

    def _slot(self, index: int, place: Destination, state: Out, access: Out) -> Slot:
        target = place.target
        return Slot(
            server=index,
            destination=place,
            state=state,
            access=access,
            is_odd=target is not None and self._is_odd(target),
            has_groups=target is not None and self._has_groups(target),
        )

    def _is_odd(self, target: Target) -> bool:
        network = self._facts.topology.get(VirtualNetwork, target.network)
        return network is None or bool(target.addresses - network.space)

    def _has_groups(self, target: Target) -> bool:
        gate = target.gate
        if gate is None or target.kind is not TargetKind.ENDPOINT:
            return False
        return uses_groups(self._facts, gate, Direction.INBOUND) or self._is_member(target)

    def _is_member(self, target: Target) -> bool:
        topology = self._facts.topology
        for nic in topology.nics_in(target.subnet) if target.subnet else ():
            for configuration in nic.configurations:
                address = configuration.address
                if address is None or address not in target.addresses:
                    continue
                if _groups_of(self._facts, nic):
                    return True
        return False

    def chosen(self, answers: tuple[DnsAnswer, ...]) -> tuple[Mask, Mask]:
        """The slot each server's name leads to, and all slots of servers without a single one."""
        picked, unclear = 0, 0
        for index in range(len(self.servers)):
            positions = self._by_server.get(index, [])
            found = self._picked(positions, answers[index])
            if found is None:
                unclear |= sum(1 << position for position in positions[:1])
            else:
                picked |= 1 << found
        return picked, unclear

    def _picked(self, positions: list[int], answer: DnsAnswer) -> int | None:
        if len(positions) == 1:
            return positions[0]
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
_NOWHERE = Target(kind=TargetKind.NOBODY, addresses=EMPTY)


def _groups_of(facts: Facts, nic: NetworkInterface) -> bool:
    endpoint = facts.topology.get(PrivateEndpoint, nic.private_endpoint)
    return bool(endpoint and endpoint.asgs) or any(c.asgs for c in nic.configurations)


def uses_groups(facts: Facts, gate: Gate, direction: Direction) -> bool:
    """Whether any rule at a gate names an application security group."""
    for nsg in group_ids(facts, gate, direction):
        compiled = compile_nsg(facts, nsg)
        rules = compiled.of(direction) if compiled else ()
        if any(rule.source.asgs or rule.destination.asgs for rule in rules):
            return True
    return False
