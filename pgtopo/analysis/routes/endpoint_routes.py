"""The /32 routes that private endpoints add around them.

Azure rule: each endpoint adds a /32 in its own and in directly peered networks; a user-defined
route overrides it when it is a /32 itself, or when the endpoint's subnet has network policy for
route tables and the route is at least as long as the endpoint network's prefix ("Manage network
policies for private endpoints", Microsoft Learn).
"""

from collections.abc import Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import Usable, peering_state
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop, Source
from pgtopo.analysis.servers.endpoints import endpoint_addresses
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.net import Span, format_address, parse_prefix
from pgtopo.model.network import Subnet, VirtualNetwork

ROUTE_POLICIES = ("enabled", "routetableenabled")
NSG_POLICIES = ("enabled", "networksecuritygroupenabled")


class EndpointPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where one private endpoint sits."""

    endpoint: ArmId
    subnet: ArmId
    network: ArmId
    addresses: tuple[int, ...]
    """IPv4; empty where neither its interface nor its own row states one."""
    policy: str = ""
    """privateEndpointNetworkPolicies of its subnet, lower case."""


def endpoint_place(facts: Facts, endpoint: PrivateEndpoint) -> EndpointPlace | None:
    """Where an endpoint sits; None where its subnet is not visible."""
    subnet = facts.topology.get(Subnet, endpoint.subnet)
    if subnet is None:
        return None
    return EndpointPlace(
        endpoint=endpoint.id,
        subnet=subnet.id,
        network=subnet.network,
        addresses=endpoint_addresses(facts, endpoint),
        policy=subnet.endpoint_policies.lower(),
    )


def _by_network(facts: Facts) -> dict[ArmId, list[EndpointPlace]]:
    found: dict[ArmId, list[EndpointPlace]] = {}
    for endpoint in facts.topology.all(PrivateEndpoint):
        place = endpoint_place(facts, endpoint)
        if place is not None:
            found.setdefault(place.network, []).append(place)
    return found


def endpoint_routes(
    facts: Facts, network: ArmId, user: Sequence[EffectiveRoute]
) -> list[EffectiveRoute]:
    """The endpoint routes in force next to a subnet's own user-defined routes."""
    return [
        route
        for place, route in facts.once("endpoints near", network, lambda: _near(facts, network))
        if not _is_overridden(facts, place, route.span.low, user)
    ]


def _near(facts: Facts, network: ArmId) -> list[tuple[EndpointPlace, EffectiveRoute]]:
    """The endpoints in a network and in those it is peered with, each with its route."""
    places = facts.once("endpoints by network", 0, lambda: _by_network(facts))
    near = list(places.get(network, ()))
    for peering in facts.topology.peerings_of(network):
        if peering.remote in places and peering_state(facts, peering).usable is Usable.YES:
            near += places[peering.remote]
    return [
        (place, _route(network, place, address)) for place in near for address in place.addresses
    ]


def _route(network: ArmId, place: EndpointPlace, address: int) -> EffectiveRoute:
    return EffectiveRoute(
        span=Span(address, address),
        hop=Hop.ENDPOINT,
        source=Source.SYSTEM,
        evidence=Evidence(place.endpoint, "properties.networkInterfaces", format_address(address)),
        networks=(place.network,) if place.network != network else (),
    )


def _is_overridden(
    facts: Facts, place: EndpointPlace, address: int, user: Sequence[EffectiveRoute]
) -> bool:
    covering = [r.span for r in user if r.span.low <= address <= r.span.high]
    if any(low == high for low, high in covering):
        return True
    if place.policy not in ROUTE_POLICIES:
        return False
    network = facts.topology.get(VirtualNetwork, place.network)
    spans = [s for s in map(parse_prefix, network.prefixes if network else ()) if s is not None]
    sizes = [high - low for low, high in spans if low <= address <= high]
    return bool(sizes) and any(high - low <= min(sizes) for low, high in covering)
