"""Which way a subnet sends packets for a service that has a tag's name instead of addresses.

Azure rule: a service endpoint takes its service's traffic; among tag routes the regional tag
beats the plain one, and those of the service beat AzureCloud; otherwise the default route takes
it ("Virtual network traffic routing", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.sides import TagSide, side_ranges
from pgtopo.analysis.filters.tag_names import region_word
from pgtopo.analysis.networks.gateways import effective_gateways, route_server_for
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop, Source
from pgtopo.analysis.routes.table import EVERYTHING, HOPS, effective_routes
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, parse_address
from pgtopo.model.network import Subnet
from pgtopo.model.routing import Route, RouteTable

ENDPOINT_SERVICES = {
    "storage": ("microsoft.storage", "microsoft.storage.global"),
    "azureactivedirectory": ("microsoft.azureactivedirectory",),
}


class ServiceRoute(msgspec.Struct, frozen=True, kw_only=True):
    """The route a service's traffic takes from a subnet."""

    route: EffectiveRoute
    rivals: tuple[EffectiveRoute, ...] = ()
    """Routes of public prefixes that may take some of it, because its addresses are not known."""
    may_be_learned: bool = False
    """A default route learned by BGP, which no row holds, may take its place."""


def service_route(facts: Facts, subnet_id: ArmId, target: TagSide) -> ServiceRoute:
    """The route from a subnet to a service or to a server's public address."""
    subnet = facts.topology.get(Subnet, subnet_id)
    default = effective_routes(facts, subnet_id).route_of(1)
    if subnet is None:
        return ServiceRoute(route=default)
    endpoint = _service_endpoint(subnet, target)
    if endpoint is not None:
        return ServiceRoute(route=endpoint)
    table = facts.topology.get(RouteTable, subnet.route_table)
    routes = table.routes if table else ()
    chosen = _tag_route(routes, target) or default
    return ServiceRoute(
        route=chosen,
        rivals=tuple(
            r for r in _public_routes(facts, subnet_id, target) if _way(r) != _way(chosen)
        ),
        may_be_learned=chosen.source is Source.SYSTEM and _learns(facts, subnet, table),
    )


def _way(route: EffectiveRoute) -> tuple[Hop, tuple[int, ...]]:
    return route.hop, route.hop_ips


def _learns(facts: Facts, subnet: Subnet, table: RouteTable | None) -> bool:
    if table and table.is_propagation_disabled:
        return False
    if route_server_for(facts, subnet.network) is not None:
        return True
    return any(reach.learns_bgp for reach in effective_gateways(facts, subnet.network))


def _service_endpoint(subnet: Subnet, target: TagSide) -> EffectiveRoute | None:
    services = ENDPOINT_SERVICES.get(target.tag, ())
    for endpoint in subnet.service_endpoints:
        if endpoint.service.lower() not in services:
            continue
        regions = {region_word(text) for text in endpoint.locations if text != "*"}
        is_everywhere = "*" in endpoint.locations or not endpoint.locations
        if is_everywhere or not target.region or target.region in regions:
            return EffectiveRoute(
                span=EVERYTHING,
                hop=Hop.SERVICE_ENDPOINT,
                source=Source.SYSTEM,
                evidence=Evidence(subnet.id, "properties.serviceEndpoints", endpoint.service),
            )
    return None


def _tag_route(routes: tuple[Route, ...], target: TagSide) -> EffectiveRoute | None:
    best: tuple[int, Route] | None = None
    for route in routes:
        rank = _rank(route.prefix.strip().lower(), target)
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, route)
    return _as_effective(best[1]) if best else None


def _rank(word: str, target: TagSide) -> int | None:
    head, _, region = word.partition(".")
    if region and region_word(region) != target.region:
        return None
    if head == target.tag:
        return 0 if region else 1
    if head == "azurecloud":
        return 2 if region else 3
    return None


def _as_effective(route: Route) -> EffectiveRoute:
    texts = route.hop_ips or ((route.hop_ip,) if route.hop_ip else ())
    return EffectiveRoute(
        span=EVERYTHING,
        hop=HOPS.get(route.hop_type.lower(), Hop.UNKNOWN),
        source=Source.USER,
        evidence=Evidence(route.id, "properties.nextHopType", route.hop_type),
        name=route.name,
        hop_ips=tuple(a for a in map(parse_address, texts) if a is not None),
    )


def _public_routes(facts: Facts, subnet: ArmId, target: TagSide) -> list[EffectiveRoute]:
    """User-defined routes that may take some of the addresses a service has."""
    whole = side_ranges(facts, target)
    return [
        route
        for route in effective_routes(facts, subnet).routes
        if route.source is Source.USER
        and route.span != EVERYTHING
        and whole.overlaps(SpanSet([route.span]))
    ]
