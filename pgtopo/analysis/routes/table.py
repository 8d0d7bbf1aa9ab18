"""The routes in force on a subnet: system, peering, gateway, endpoint and user-defined ones.

Azure rule: the longest prefix wins; of equal prefixes user-defined beats gateway-learned beats
system; routes of the network, its peerings and service endpoints beat gateway-learned routes even
where those are longer ("Virtual network traffic routing", Microsoft Learn).
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.connected_groups import connected_networks
from pgtopo.analysis.networks.gateways import effective_gateways, route_server_for, transit_peering
from pgtopo.analysis.networks.peerings import Usable, peering_state, routed_prefixes
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable, Hop, Source
from pgtopo.analysis.routes.endpoint_routes import endpoint_routes
from pgtopo.analysis.routes.hub_routes import hub_routes
from pgtopo.analysis.routes.observed import observed_routes
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.model.net import MAX_V4, Span, SpanSet, parse_address, parse_prefix
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import Route, RouteTable

EVERYTHING = Span(0, MAX_V4)
ROUTES = "routes"
"""The question under which facts know the routes in force on a subnet."""
DROPPED = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
HOPS = {
    "vnetlocal": Hop.LOCAL,
    "virtualnetworkgateway": Hop.GATEWAY,
    "virtualappliance": Hop.APPLIANCE,
    "virtualapplianceecmp": Hop.APPLIANCE,
    "internet": Hop.INTERNET,
    "none": Hop.NONE,
}


def effective_routes(facts: Facts, subnet: ArmId) -> EffectiveTable:
    """The routes in force on a subnet, shared by subnets of equal network and route table."""
    found = facts.topology.get(Subnet, subnet)
    if found is None:
        return EffectiveTable([_unread(subnet)])
    key = (found.network, found.route_table)
    return facts.once(ROUTES, key, lambda: _build(facts, found.network, found.route_table))


def system_routes(facts: Facts, network: ArmId) -> EffectiveTable:
    """The routes of a network without any route table: what answers of private endpoints take."""
    return facts.once(ROUTES, (network, None), lambda: _build(facts, network, None))


def _unread(subnet: ArmId) -> EffectiveRoute:
    seen = Evidence(subnet, "id", value=None)
    return EffectiveRoute(span=EVERYTHING, hop=Hop.UNKNOWN, source=Source.SYSTEM, evidence=seen)


def _build(facts: Facts, network: ArmId, table_id: ArmId | None) -> EffectiveTable:
    held = facts.topology.get(VirtualNetwork, network)
    table = facts.topology.get(RouteTable, table_id)
    if held is None:
        return EffectiveTable([_unread(network)])
    if table_id is not None and (table is None or not table.is_readable):
        seen = Evidence(table_id, "properties.routes", value=None)
        unread = EffectiveRoute(
            span=EVERYTHING, hop=Hop.UNKNOWN, source=Source.SYSTEM, evidence=seen
        )
        return EffectiveTable([unread])
    user = _user_routes(table)
    chosen: dict[Span, EffectiveRoute] = {r.span: r for r in user}
    preferred = _network_routes(facts, held, table)
    for route in preferred:
        chosen.setdefault(route.span, route)
    if learned := _learned_routes(facts, network, table):
        active = SpanSet(r.span for r in preferred if chosen[r.span] is r)
        active |= _overriding(table)
        for route in learned:
            if SpanSet([route.span]) - active:
                chosen.setdefault(route.span, route)
    for route in endpoint_routes(facts, network, user):
        chosen.setdefault(route.span, route)
    for route in _default_routes(facts, held, table, has_default=EVERYTHING in chosen):
        chosen.setdefault(route.span, route)
    return EffectiveTable(chosen.values())


def _user_routes(table: RouteTable | None) -> list[EffectiveRoute]:
    routes: dict[Span, EffectiveRoute] = {}
    for route in table.routes if table else ():
        span = parse_prefix(route.prefix)
        if span is not None:
            routes.setdefault(span, _user_route(route, span))
    return list(routes.values())


def _overriding(table: RouteTable | None) -> SpanSet:
    """What user-defined routes take from learned ones, however long these are.

    Azure rule: hasBgpOverride says that a route overrides overlapping routes learned by BGP,
    whatever their prefix length (route properties, Azure network REST reference).
    """
    spans = [
        parse_prefix(one.prefix) for one in (table.routes if table else ()) if one.overrides_bgp
    ]
    return SpanSet(span for span in spans if span is not None)


def _user_route(route: Route, span: Span) -> EffectiveRoute:
    texts = route.hop_ips or ((route.hop_ip,) if route.hop_ip else ())
    return EffectiveRoute(
        span=span,
        hop=HOPS.get(route.hop_type.lower(), Hop.UNKNOWN),
        source=Source.USER,
        evidence=Evidence(route.id, "properties.nextHopType", route.hop_type),
        name=route.name,
        hop_ips=tuple(a for a in map(parse_address, texts) if a is not None),
    )


def _network_routes(
    facts: Facts, network: VirtualNetwork, table: RouteTable | None
) -> list[EffectiveRoute]:
    """Routes of the network itself, its peerings, connected groups and virtual hub."""
    is_deaf = bool(table and table.disables_peering_routes)
    key = (network.id, is_deaf)
    return facts.once(
        "network routes", key, lambda: _shared_routes(facts, network, is_deaf=is_deaf)
    )


def _shared_routes(facts: Facts, network: VirtualNetwork, *, is_deaf: bool) -> list[EffectiveRoute]:
    seen = Evidence(network.id, "properties.addressSpace.addressPrefixes", network.prefixes)
    routes = [
        EffectiveRoute(
            span=span, hop=Hop.LOCAL, source=Source.SYSTEM, evidence=seen, networks=(network.id,)
        )
        for span in map(parse_prefix, network.prefixes)
        if span is not None
    ]
    if not is_deaf:
        routes += _peering_routes(facts, network.id)
    routes += _group_routes(facts, network.id)
    return routes


def _peering_routes(facts: Facts, network: ArmId) -> list[EffectiveRoute]:
    """The routes of peerings that may be in force; in doubt where two of them claim a range.

    Azure rule: networks peered with one network may not overlap ("Create, change, or delete a
    virtual network peering"), so that data which says otherwise is stale or mixed.
    """
    routes = _routes_of_peerings(facts, network)
    if _are_apart(routes):
        return routes
    by_span: dict[Span, list[int]] = {}
    for index, route in enumerate(routes):
        by_span.setdefault(route.span, []).append(index)
    found = []
    for route in routes:
        holding = sorted(one for span in _around(route.span) for one in by_span.get(span, ()))
        found.append(_contested(route, [routes[one] for one in holding]))
    return found


def _are_apart(routes: list[EffectiveRoute]) -> bool:
    """Whether no two routes are about the same addresses."""
    ordered = sorted(route.span for route in routes)
    return all(one.high < other.low for one, other in pairwise(ordered))


def _around(span: Span) -> Iterator[Span]:
    """A prefix, and every shorter one that holds it."""
    size = span.high - span.low + 1
    while size <= MAX_V4 + 1:
        low = span.low & -size
        yield Span(low, low + size - 1)
        size *= 2


def _contested(route: EffectiveRoute, holding: list[EffectiveRoute]) -> EffectiveRoute:
    rivals = tuple(
        dict.fromkeys(
            one.peering
            for one in holding
            if one.peering is not None and one.networks != route.networks
        )
    )
    if not rivals:
        return route
    return msgspec.structs.replace(route, doubt="PEERINGS_OVERLAP", rivals=rivals)


def _routes_of_peerings(facts: Facts, network: ArmId) -> list[EffectiveRoute]:
    routes = []
    for peering in facts.topology.peerings_of(network):
        state = peering_state(facts, peering)
        if state.usable is Usable.NO or peering.remote is None:
            continue
        routes += [
            EffectiveRoute(
                span=span,
                hop=Hop.PEERING,
                source=Source.SYSTEM,
                evidence=Evidence(
                    peering.id,
                    "properties.remoteAddressSpace.addressPrefixes",
                    peering.remote_prefixes,
                ),
                peering=peering.id,
                networks=(peering.remote,),
                doubt="PEERING_STATE_UNSEEN" if state.usable is Usable.UNKNOWN else "",
            )
            for span in routed_prefixes(facts, peering)
        ]
    return routes


def _group_routes(facts: Facts, network: ArmId) -> list[EffectiveRoute]:
    by_span: dict[Span, list[ArmId]] = {}
    for other in connected_networks(facts, network):
        joined = facts.topology.get(VirtualNetwork, other)
        for span in map(parse_prefix, joined.prefixes if joined else ()):
            if span is not None:
                by_span.setdefault(span, []).append(other)
    return [
        EffectiveRoute(
            span=span,
            hop=Hop.CONNECTED_GROUP,
            source=Source.SYSTEM,
            evidence=Evidence(
                others[0], "properties.addressSpace.addressPrefixes", SpanSet([span]).cidrs()
            ),
            networks=tuple(others),
        )
        for span, others in by_span.items()
    ]


def _learned_routes(facts: Facts, network: ArmId, table: RouteTable | None) -> list[EffectiveRoute]:
    """Routes that gateways and virtual hubs inject."""
    if table and table.is_propagation_disabled:
        return []
    observed = observed_routes(facts, network, table.id if table else None)
    if observed is not None:
        return observed
    routes: dict[Span, EffectiveRoute] = {}
    for reach in effective_gateways(facts, network):
        for site in reach.sites:
            path = "properties.localNetworkAddressSpace"
            if site.source == site.gateway:
                path = "properties.vpnClientConfiguration.vpnClientAddressPool"
            elif site.network is not None:
                path = "properties.addressSpace.addressPrefixes"
            seen = Evidence(site.source, path, SpanSet([site.span]).cidrs())
            route = EffectiveRoute(
                span=site.span,
                hop=Hop.GATEWAY,
                source=Source.BGP,
                evidence=seen,
                networks=(reach.home,),
            )
            routes.setdefault(site.span, route)
    for route in hub_routes(facts, network):
        routes.setdefault(route.span, route)
    return list(routes.values())


def _invisible(
    facts: Facts, network: ArmId, table: RouteTable | None
) -> tuple[Evidence | None, Hop]:
    """What may inject routes that no row holds, and what to make of private destinations.

    A Route Server leaves any destination open; a gateway that learns routes only brings in
    networks on premises, so that known networks stay dropped. Behind a network that was not read
    anything may stand, a Virtual WAN hub among others.
    """
    if table and table.is_propagation_disabled:
        return None, Hop.NONE
    if observed_routes(facts, network, table.id if table else None) is not None:
        return None, Hop.NONE
    server = route_server_for(facts, network)
    if server is not None:
        return Evidence(server, "properties.virtualRouterIps", value=None), Hop.UNKNOWN
    hidden = transit_peering(facts, network)
    if hidden is not None and facts.topology.get(VirtualNetwork, hidden.remote) is None:
        return Evidence(hidden.id, "properties.useRemoteGateways", value=True), Hop.UNKNOWN
    for reach in effective_gateways(facts, network):
        if reach.learns_bgp:
            return Evidence(reach.gateways[0], "properties.enableBgp", value=None), Hop.NONE
    return None, Hop.NONE


def _default_routes(
    facts: Facts, network: VirtualNetwork, table: RouteTable | None, *, has_default: bool
) -> list[EffectiveRoute]:
    """The routes every subnet has, as far as the rest leaves them in force.

    Azure rule: a user-defined route of 0.0.0.0/0 removes the routes that drop private ranges.
    """
    seen = Evidence(network.id, "properties.addressSpace.addressPrefixes", network.prefixes)
    system = Source.SYSTEM
    routes = [EffectiveRoute(span=EVERYTHING, hop=Hop.INTERNET, source=system, evidence=seen)]
    if has_default:
        return routes
    learns, hop = _invisible(facts, network.id, table)
    routes += [
        EffectiveRoute(
            span=span,
            hop=hop,
            source=system,
            evidence=learns or seen,
            doubt="BGP_ROUTES_UNSEEN" if learns else "",
        )
        for span in facts.once("dropped ranges", network.id, lambda: _dropped(network))
    ]
    return routes


def _dropped(network: VirtualNetwork) -> tuple[Span, ...]:
    """The private ranges that a network does not hold itself."""
    spans = (span for span in map(parse_prefix, DROPPED) if span is not None)
    return tuple(span for span in spans if not SpanSet([span]) <= network.space)
