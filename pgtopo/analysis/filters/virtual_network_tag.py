"""What the VirtualNetwork service tag means on one subnet.

Azure rule: the tag holds the network's ranges, peered networks', on-premises ranges behind
gateways, 168.63.129.16 and the prefixes of the subnet's own routes, default routes included
("Virtual network service tags", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.connected_groups import connected_networks, is_connectivity_read
from pgtopo.analysis.networks.gateways import effective_gateways
from pgtopo.analysis.networks.hubs import hub_neighbours
from pgtopo.analysis.networks.peerings import (
    Usable,
    are_peerings_known,
    peering_state,
    routed_space,
)
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.model.net import ANY_V4, EMPTY, PRIVATE_V4, SpanSet, parse_prefix, union
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import RouteTable

PLATFORM = SpanSet.of(0xA83F8110)
"""168.63.129.16, Azure's own resolver and health probe."""


class NetworkTag(msgspec.Struct, frozen=True, kw_only=True):
    """The VirtualNetwork tag of one subnet."""

    ranges: SpanSet
    """Certainly in the tag."""
    uncertain: SpanSet = EMPTY
    """In the tag only if a peering or hub carries what the data leaves open."""
    unconnected: SpanSet = EMPTY
    """In the tag only if Virtual Network Manager joins networks, which was not read."""
    default_route: Evidence | None = None
    """The route of 0.0.0.0/0 that may stretch the tag over everything; None without one."""


def network_tag(facts: Facts, subnet: ArmId) -> NetworkTag:
    """The VirtualNetwork tag as it stands for rules on one subnet."""
    found = facts.topology.get(Subnet, subnet)
    if found is None:
        return NetworkTag(ranges=PLATFORM, uncertain=ANY_V4)
    key = (found.network, found.route_table)
    return facts.once("network tag", key, lambda: _build(facts, found))


def _build(facts: Facts, subnet: Subnet) -> NetworkTag:
    routes, default, is_unread = _route_prefixes(facts, subnet)
    ranges = union((_surroundings(facts, subnet.network), routes, PLATFORM))
    known, unconnected = facts.once(
        "tag doubts",
        subnet.network,
        lambda: (_uncertain(facts, subnet.network), _unconnected(facts, subnet.network)),
    )
    return NetworkTag(
        ranges=ranges,
        uncertain=(ANY_V4 if is_unread else known) - ranges,
        unconnected=unconnected - ranges,
        default_route=default,
    )


def _surroundings(facts: Facts, network: ArmId) -> SpanSet:
    return facts.once("tag surroundings", network, lambda: _connected_space(facts, network))


def _connected_space(facts: Facts, network: ArmId) -> SpanSet:
    topology = facts.topology
    held = topology.get(VirtualNetwork, network)
    spaces = [held.space if held else EMPTY]
    spaces += [
        routed_space(facts, peering)
        for peering in topology.peerings_of(network)
        if peering.allows_access and peering_state(facts, peering).usable is Usable.YES
    ]
    spaces += [reach.space for reach in effective_gateways(facts, network)]
    others = [*connected_networks(facts, network), *_by_hub(facts, network, is_plain=True)]
    for other in others:
        joined = topology.get(VirtualNetwork, other)
        spaces.append(joined.space if joined else EMPTY)
    return union(spaces)


def _by_hub(facts: Facts, network: ArmId, *, is_plain: bool) -> list[ArmId]:
    """Networks that a Virtual WAN hub joins with one, by plain connections or by others."""
    return [
        other.network
        for mine, other in hub_neighbours(facts, network)
        if (mine.is_plain and other.is_plain) is is_plain
    ]


def _uncertain(facts: Facts, network: ArmId) -> SpanSet:
    if not are_peerings_known(facts, network):
        others = (other.space for other in facts.topology.all(VirtualNetwork))
        return union((PRIVATE_V4, *others))
    spaces = [
        routed_space(facts, peering)
        for peering in facts.topology.peerings_of(network)
        if peering.allows_access and peering_state(facts, peering).usable is Usable.UNKNOWN
    ]
    held = (
        facts.topology.get(VirtualNetwork, one) for one in _by_hub(facts, network, is_plain=False)
    )
    return union((*spaces, *(one.space for one in held if one)))


def _unconnected(facts: Facts, network: ArmId) -> SpanSet:
    """Ranges of networks without a peering in force that a connected group may still join."""
    if is_connectivity_read(facts, network):
        return EMPTY
    peers = {
        peering.remote
        for peering in facts.topology.peerings_of(network)
        if peering_state(facts, peering).usable is not Usable.NO
    }
    others = facts.topology.all(VirtualNetwork)
    return union(o.space for o in others if o.id != network and o.id not in peers)


def _route_prefixes(facts: Facts, subnet: Subnet) -> tuple[SpanSet, Evidence | None, bool]:
    if subnet.route_table is None:
        return EMPTY, None, False
    table = facts.topology.get(RouteTable, subnet.route_table)
    if table is None:
        return EMPTY, None, True
    spans, default = [], None
    is_unread = table.has_nameless_routes or not all(route.prefix for route in table.routes)
    for route in table.routes:
        span = parse_prefix(route.prefix)
        if span is None:
            continue
        if span.low == 0 and span.high == ANY_V4.spans[0].high:
            if route.hop_type.lower() != "internet":
                default = Evidence(route.id, "properties.addressPrefix", route.prefix)
            continue
        spans.append(span)
    return SpanSet(spans), default, is_unread
