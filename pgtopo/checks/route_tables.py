"""The user-defined routes of a server's subnet as the checks read them."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import Unknown
from pgtopo.checks.reading import not_visible
from pgtopo.model.net import ANY_V4, SpanSet, parse_prefix
from pgtopo.model.network import Subnet
from pgtopo.model.routing import Route, RouteTable

DIVERTING = ("virtualappliance", "virtualapplianceecmp", "virtualnetworkgateway")
"""Next hops that take traffic away from Azure's own ways."""


def table_of(facts: Facts, subnet: Subnet) -> RouteTable | Unknown | None:
    """The route table of a subnet: None without one, Unknown where its row is not here."""
    if subnet.route_table is None:
        return None
    found = facts.topology.get(RouteTable, subnet.route_table)
    return found or not_visible(facts, RouteTable.KIND, subnet.route_table)


def space_of(route: Route) -> SpanSet:
    """The addresses of a route; empty for service tags and for what cannot be read."""
    span = parse_prefix(route.prefix)
    return SpanSet((span,)) if span is not None else SpanSet()


def default_route(table: RouteTable) -> Route | None:
    """The route for everything, if the table has one."""
    return next((route for route in table.routes if space_of(route) == ANY_V4), None)


def has_tag_route(table: RouteTable, tag: str) -> bool:
    """Whether a service has a route of its own to the internet, by its tag or a regional one."""
    for route in table.routes:
        word, _, _ = route.prefix.strip().lower().partition(".")
        if word == tag.lower() and route.hop_type.lower() == "internet":
            return True
    return False


def has_storage_endpoint(subnet: Subnet) -> bool:
    """Whether a subnet reaches Storage by a service endpoint, whatever its routes say."""
    names = ("microsoft.storage", "microsoft.storage.global")
    return any(endpoint.service.lower() in names for endpoint in subnet.service_endpoints)


def is_diverting(route: Route) -> bool:
    """Whether a route leads to an appliance or a gateway."""
    return route.hop_type.lower() in DIVERTING


def hop_words(route: Route) -> str:
    """Where a route leads, in words."""
    return f"{route.hop_type} {route.hop_ip}".strip()


def route_evidence(route: Route) -> tuple[Evidence, ...]:
    """Prefix and next hop of a route."""
    found = [
        Evidence(route.id, "properties.nextHopType", route.hop_type or None),
        Evidence(route.id, "properties.addressPrefix", route.prefix or None),
    ]
    if route.hop_ip:
        found.append(Evidence(route.id, "properties.nextHopIpAddress", route.hop_ip))
    return tuple(found)
