"""Which pairs a change may matter to, told by where it is made and nothing else.

A path looks at the subnets of its two ends, at what it passes, and at names of its server. What is
changed at a subnet or in a network that nothing passes through, and by which no name is resolved,
concerns the pairs that end there alone. Wherever that is not plain, every pair is concerned.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pgtopo.analysis.routes.effective_route import EffectiveTable
from pgtopo.checks.ways import Ways
from pgtopo.model.base import Resource
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import SpanSet
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer
from pgtopo.model.topology import Topology

_Rule = Callable[["_Change", Resource], Iterator[ArmId]]


class _Anywhere(Exception):
    """The change may matter to any pair."""


def ends_concerned(ways: Ways, before: Topology, after: Topology) -> frozenset[ArmId] | None:
    """The subnets, networks and servers at which concerned pairs end; None where any may be."""
    change = _Change(ways, before, after)
    try:
        return frozenset(one for arm_id in after.changed for one in change.ends(arm_id))
    except _Anywhere:
        return None


class Moved(NamedTuple):
    """What a change of route tables sends elsewhere."""

    addresses: SpanSet
    subnets: frozenset[ArmId]
    """Where the routes are in force."""


def moved_by(
    ways: Ways, before: Topology, after: Topology, tables: Iterable[tuple[object, object]]
) -> Moved | None:
    """What tables send elsewhere, as they were and as they are; None where that is not plain.

    Packets within a network that nothing passes through are on the way to their end: only pairs of
    which a client has one of these addresses can tell the difference.
    """
    if not all(isinstance(after.find(one), RouteTable) for one in after.changed):
        return None
    subnets = {one for arm_id in after.changed for one in before.subnets_using(arm_id)}
    networks = {one.network for one in subnets}
    if any(ways.is_crossed(one) for one in networks):
        return None
    addresses = SpanSet()
    for was, now in tables:
        if not isinstance(was, EffectiveTable) or not isinstance(now, EffectiveTable):
            return None
        addresses |= was.differing(now)
    held = [before.get(VirtualNetwork, one) for one in networks]
    if not all(one is not None and addresses <= one.space for one in held):
        return None
    return Moved(addresses, frozenset(one.id for one in subnets))


class _Change:
    """One change, as far as it matters to pairs."""

    def __init__(self, ways: Ways, before: Topology, after: Topology) -> None:
        self.ways = ways
        self.before = before
        self.both = (before, after)

    def ends(self, arm_id: ArmId) -> Iterator[ArmId]:
        """The ends of pairs that one changed resource concerns."""
        held = [one for topology in self.both if (one := topology.find(arm_id)) is not None]
        for one in held:
            rule = _RULES.get(type(one))
            if rule is None or (len(held) == 1 and type(one) not in _COME_AND_GO):
                raise _Anywhere
            yield from rule(self, one)

    def at(self, subnets: Iterable[ArmId]) -> Iterator[ArmId]:
        """The same subnets, where nothing passes through them."""
        for one in subnets:
            if self.ways.is_passed(one):
                raise _Anywhere
            yield one


def _of_attached(change: _Change, held: Resource) -> Iterator[ArmId]:
    """What is attached to subnets: a security group, a route table."""
    for topology in change.both:
        yield from change.at(one.id for one in topology.subnets_using(held.id))
    if held.id in change.ways.groups_at_interfaces:
        raise _Anywhere


def _of_subnet(change: _Change, held: Resource) -> Iterator[ArmId]:
    known = [topology.get(Subnet, held.id) for topology in change.both]
    if len({one.space if one else None for one in known}) > 1:
        raise _Anywhere
    yield from change.at([held.id])


def _of_network(change: _Change, held: Resource) -> Iterator[ArmId]:
    known = [topology.get(VirtualNetwork, held.id) for topology in change.both]
    if len({one.space if one else None for one in known}) > 1 or change.ways.is_crossed(held.id):
        raise _Anywhere
    yield held.id


def _of_peering(change: _Change, held: Resource) -> Iterator[ArmId]:
    """The networks of both ends, less one that others are reached through."""
    if not isinstance(held, Peering) or held.remote is None or _claims_others(change, held):
        raise _Anywhere
    quiet = [one for one in (held.network, held.remote) if not change.ways.is_crossed(one)]
    if not quiet:
        raise _Anywhere
    yield from quiet


def _claims_others(change: _Change, held: Peering) -> bool:
    """Whether a peering claims other ranges than before, some of which the network has not."""
    known = [topology.get(Peering, held.id) for topology in change.both]
    claims = [one.remote_space | one.remote_current_space if one else None for one in known]
    there = change.before.get(VirtualNetwork, held.remote)
    own = there.space if there is not None else SpanSet()
    return claims[0] != claims[1] and any(one is not None and not one <= own for one in claims)


def _of_domain(change: _Change, domain: str, label: str = "") -> Iterator[ArmId]:
    """The servers one of whose names may lie in a domain; with a label, be that of a record."""
    if not domain or change.ways.has_aliases:
        raise _Anywhere
    wanted = f".{label}.{domain}" if label else f".{domain}"
    for topology in change.both:
        for server in topology.all(FlexibleServer):
            if any(f".{one}".endswith(wanted) for one in _names(topology, server)):
                yield server.id


def _names(topology: Topology, server: FlexibleServer) -> Iterator[str]:
    """The host name, and what may stand for it in a private zone."""
    label, _, rest = server.fqdn.partition(".")
    if not rest:
        raise _Anywhere
    yield server.fqdn
    yield f"{label}.privatelink.{rest}"
    if server.zone is not None:
        zone = topology.get(PrivateZone, server.zone)
        yield f"{label}.{zone.domain if zone else name_of(server.zone)}"


def _of_zone(change: _Change, held: Resource) -> Iterator[ArmId]:
    yield from _of_domain(change, held.domain if isinstance(held, PrivateZone) else "")


def _in_zone(change: _Change, held: Resource) -> Iterator[ArmId]:
    """The servers of a zone, those with a name there, or with the one of a record that remains."""
    if not isinstance(held, RecordSet | ZoneLink) or (isinstance(held, RecordSet) and held.target):
        raise _Anywhere
    yield from _of_domain(change, name_of(held.zone), _label(change, held))
    for topology in change.both:
        yield from (one.id for one in topology.servers_of_zone(held.zone))


def _label(change: _Change, held: Resource) -> str:
    """The label of a record that was there and still is; empty where it may be any."""
    known = [topology.get(RecordSet, held.id) for topology in change.both]
    labels = {one.label.lower() if one is not None else "*" for one in known}
    label = labels.pop()
    return label if label and not labels and not label.startswith(("*", "@")) else ""


def _of_server(change: _Change, held: Resource) -> Iterator[ArmId]:
    """The server, and those that share its zone or its subnet."""
    if not isinstance(held, FlexibleServer):
        raise _Anywhere
    yield held.id
    for topology in change.both:
        shared = topology.servers_of_zone(held.zone) if held.zone is not None else []
        yield from (one.id for one in shared)
    if held.subnet is not None:
        yield from change.at([held.subnet])


def _below_server(_: _Change, held: Resource) -> Iterator[ArmId]:
    if isinstance(held, FirewallRule | EndpointConnection):
        yield held.server


def _of_endpoint(_: _Change, held: Resource) -> Iterator[ArmId]:
    if isinstance(held, PrivateEndpoint):
        yield from (one.target for one in held.connections if one.target is not None)


_RULES: dict[type[Resource], _Rule] = {
    NetworkSecurityGroup: _of_attached,
    RouteTable: _of_attached,
    Subnet: _of_subnet,
    VirtualNetwork: _of_network,
    Peering: _of_peering,
    PrivateZone: _of_zone,
    RecordSet: _in_zone,
    ZoneLink: _in_zone,
    FlexibleServer: _of_server,
    FirewallRule: _below_server,
    EndpointConnection: _below_server,
    PrivateEndpoint: _of_endpoint,
}
_COME_AND_GO = frozenset(
    {
        *(NetworkSecurityGroup, RouteTable, Peering, RecordSet, ZoneLink, FirewallRule),
        EndpointConnection,
    }
)
"""Kinds of which one that is new or gone concerns no other pairs than one that is changed."""
