"""Client subnets as those who ask, and blocks of them that no route tells apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate
from pgtopo.analysis.many.bits import positions
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.places import Place
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, parse_prefix, union
from pgtopo.model.network import LoadBalancer, NetworkInterface, Peering, Subnet, VirtualNetwork
from pgtopo.model.routing import RouteTable


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """One client subnet."""

    index: int
    subnet: ArmId
    network: ArmId
    space: SpanSet
    route_table: ArmId | None
    nsg: ArmId | None

    @property
    def gate(self) -> Gate:
        """The filters its packets leave by."""
        return Gate(subnet=self.subnet, network=self.network)


def asker_of(index: int, subnet: Subnet) -> Asker:
    """A subnet as one who asks."""
    return Asker(
        index=index,
        subnet=subnet.id,
        network=subnet.network,
        space=subnet.space,
        route_table=subnet.route_table,
        nsg=subnet.nsg,
    )


def askers_of(facts: Facts, subnets: Sequence[Subnet]) -> tuple[Asker, ...]:
    """Subnets as those who ask, in the same order."""
    key = tuple(subnet.id for subnet in subnets)
    return facts.once(
        "askers", key, lambda: tuple(asker_of(at, one) for at, one in enumerate(subnets))
    )


class Blocks:
    """Askers by network and by the ranges that routes speak of.

    Ways to all subnets of one network between two neighbouring bounds of routes are the same. A
    bound that is not known here does no harm: a block that some table parts is looked at closely.
    """

    def __init__(self, facts: Facts, askers: Sequence[Asker], ends: Ends) -> None:
        bounds = _bounds(facts, ends)
        apart = facts.once("endpoint addresses", 0, lambda: _endpoints(facts))
        numbers: dict[tuple[ArmId, int, int], int] = {}
        members: list[list[Asker]] = []
        self.of: dict[int, int] = {}
        """The block of each asker, by its own number."""
        for asker in askers:
            key = (asker.network, *_between(bounds, apart, asker))
            number = numbers.setdefault(key, len(members))
            if number == len(members):
                members.append([])
            members[number].append(asker)
            self.of[asker.index] = number
        self.places: tuple[Place, ...] = tuple(
            Place(held[0].network, held[0].subnet, union(one.space for one in held))
            for held in members
        )


def _between(bounds: list[int], apart: list[int], asker: Asker) -> tuple[int, int]:
    """The neighbouring bounds an asker lies between; none where something parts it."""
    spans = asker.space.spans
    if not spans:
        return -1, asker.index
    at = bisect_right(bounds, spans[0].low)
    is_whole = at == bisect_right(bounds, spans[-1].high)
    is_whole = is_whole and not any(
        bisect_left(apart, low) < bisect_right(apart, high) for low, high in spans
    )
    return at, -1 if is_whole else asker.index


def _bounds(facts: Facts, ends: Ends) -> list[int]:
    """Where the ranges that routes of answers speak of begin, and where what follows them does."""
    usual = facts.once("route bounds", 0, lambda: _usual_bounds(facts))
    subnets = {ends.places.items[one].subnet for one in positions(ends.everyone)}
    return sorted(usual | _routed(facts, subnets))


def _usual_bounds(facts: Facts) -> set[int]:
    """The bounds of networks, of peerings, and of routes behind whatever passes packets on."""
    topology = facts.topology
    texts: set[str] = set()
    for network in topology.all(VirtualNetwork):
        texts.update(network.prefixes)
    for peering in topology.all(Peering):
        texts.update(peering.remote_prefixes)
        texts.update(peering.remote_current_prefixes)
    return _edges(texts) | _routed(facts, _forwarding(facts))


def _routed(facts: Facts, subnets: Iterable[ArmId]) -> set[int]:
    """The bounds that route tables of some subnets speak of."""
    held = (facts.topology.get(Subnet, one) for one in subnets)
    tables = {one.route_table for one in held if one is not None}
    found: set[int] = set()
    for table in tables:
        if table is not None:
            found |= _routed_by(facts, table)
    return found


def _routed_by(facts: Facts, table: ArmId) -> set[int]:
    return facts.once("table bounds", table, lambda: _table_bounds(facts, table))


def _table_bounds(facts: Facts, table_id: ArmId) -> set[int]:
    table = facts.topology.get(RouteTable, table_id)
    return _edges(route.prefix for route in table.routes) if table is not None else set()


def _forwarding(facts: Facts) -> set[ArmId]:
    """Subnets that hold something which may pass answers on."""
    topology = facts.topology
    found = {subnet for one in topology.all(AzureFirewall) for subnet in one.subnets}
    for balancer in topology.all(LoadBalancer):
        found.update(one.subnet for one in balancer.frontends if one.subnet is not None)
    for nic in topology.all(NetworkInterface):
        if nic.has_ip_forwarding:
            found.update(one.subnet for one in nic.configurations if one.subnet is not None)
    return found


def _endpoints(facts: Facts) -> list[int]:
    """The addresses of private endpoints, each of which has a route of its own."""
    return sorted(
        one.address
        for nic in facts.topology.all(NetworkInterface)
        if nic.private_endpoint is not None
        for one in nic.configurations
        if one.address is not None
    )


def _edges(texts: Iterable[str]) -> set[int]:
    spans = (span for span in map(parse_prefix, texts) if span is not None)
    return {edge for low, high in spans for edge in (low, high + 1)}
