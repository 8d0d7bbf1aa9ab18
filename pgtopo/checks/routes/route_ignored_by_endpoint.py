"""A route that should lead to a private endpoint through an appliance and does not."""

from collections.abc import Iterator
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, check
from pgtopo.checks.endpoints import address_space
from pgtopo.checks.reading import not_visible
from pgtopo.checks.route_tables import route_evidence, space_of
from pgtopo.checks.scope import endpoint_subnets, postgres_endpoints
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.net import ANY_V4, SpanSet
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import Route, RouteTable

_APPLIED = ("enabled", "routetableenabled")


@check(
    id="PGT418",
    slug="route-ignored-by-endpoint",
    family=Family.ROUTES,
    title="Route through an appliance does not catch traffic to a private endpoint",
    severity=Severity.WARNING,
    grading="A likely warning where a route is for the endpoint's own network, or its subnet"
    " applies route tables: then somebody means to inspect. Info where a wider route covers it.",
    since="0.1",
    symptoms=(),
    looks_at="Subnets with private endpoints to servers: routes to appliances, other than for"
    " everything, in the own or a peered network that cover an endpoint's address; whether the"
    " subnet applies route tables and each route is as long as its network's range.",
    why="Each endpoint brings a route of its own for its one address, which is longer. Unless the"
    " endpoint's subnet says otherwise, the traffic goes straight to it, uninspected.",
    client_sees="Nothing; traffic passes by the appliance.",
    confirm="az network nic show-effective-route-table --resource-group <group>"
    " --name <client interface> --query \"value[?nextHopType=='InterfaceEndpoint']\"",
    fix="az network vnet subnet update --resource-group <group> --vnet-name <endpoint's network>"
    " --name <endpoint's subnet> --private-endpoint-network-policies RouteTableEnabled\n"
    "Make sure that the appliance translates the source address: answers of an endpoint do not"
    " follow routes.",
    unknown_when="The endpoint's subnet, or the route table of a subnet near it, is not in the"
    " data.",
    sources=(
        "Manage network policies for private endpoints: https://learn.microsoft.com/azure/"
        "private-link/disable-private-endpoint-network-policy",
    ),
    subject=Subnet,
    over=endpoint_subnets,
)
def route_ignored_by_endpoint(facts: Facts, place: Subnet) -> Outcome:
    """Whether routes that cover endpoints of the subnet apply to them, one finding in all."""
    values = [value for one in _endpoints(facts, place) for value in _values(facts, one)]
    space = SpanSet((value, value) for value in values)
    passed: list[_Passed] = []
    hidden: ArmId | None = None
    for subnet in _near(facts, place.network) if values else ():
        table = facts.topology.get(RouteTable, subnet.route_table)
        if table is None:
            hidden = hidden or subnet.route_table
            continue
        passed += [
            _Passed(subnet, route)
            for route in table.routes
            if _is_meant(route, space) and not _catches(facts, place, route, values[0])
        ]
    if passed:
        return _fail(facts, place, passed)
    return not_visible(facts, RouteTable.KIND, hidden) if hidden is not None else OK


class _Passed(NamedTuple):
    """A subnet with a route that does not catch what it covers."""

    subnet: Subnet
    route: Route


def _endpoints(facts: Facts, place: Subnet) -> list[PrivateEndpoint]:
    def gather() -> dict[ArmId, list[PrivateEndpoint]]:
        held: dict[ArmId, list[PrivateEndpoint]] = {}
        for endpoint in postgres_endpoints(facts.topology):
            if endpoint.subnet is not None:
                held.setdefault(endpoint.subnet, []).append(endpoint)
        return held

    return facts.once("server endpoints by subnet", "", gather).get(place.id, [])


def _values(facts: Facts, endpoint: PrivateEndpoint) -> list[int]:
    return [value for low, high in address_space(facts, endpoint) for value in (low, high)]


def _near(facts: Facts, network: ArmId) -> Iterator[Subnet]:
    """The subnets with route tables that the endpoint's own route reaches: there and in peers."""
    peers = (p.network for p in facts.topology.peerings_to(network))
    for one in dict.fromkeys((network, *peers)):
        for subnet in facts.topology.subnets_of(one):
            if subnet.route_table is not None:
                yield subnet


def _is_meant(route: Route, space: SpanSet) -> bool:
    """Whether a route to an appliance, not the one for everything, covers an endpoint."""
    if not route.hop_type.lower().startswith("virtualappliance"):
        return False
    covered = space_of(route)
    return covered != ANY_V4 and covered.overlaps(space)


def _catches(facts: Facts, place: Subnet, route: Route, value: int) -> bool:
    """Whether the route wins over the endpoint's own, which is for one address."""
    covered = space_of(route)
    return len(covered) == 1 or (_applies(place) and not _is_short(facts, place, route, value))


def _applies(place: Subnet) -> bool:
    return place.endpoint_policies.lower() in _APPLIED


def _is_short(facts: Facts, place: Subnet, route: Route, value: int) -> bool:
    """Whether the route is for more than the range of the endpoint's network."""
    network = facts.topology.get(VirtualNetwork, place.network)
    for low, high in network.space.spans if network is not None else ():
        if low <= value <= high:
            return not space_of(route) <= SpanSet(((low, high),))
    return False


def _fail(facts: Facts, place: Subnet, passed: list[_Passed]) -> Fail:
    network = facts.topology.get(VirtualNetwork, place.network)
    home = network.space if network is not None else SpanSet()
    passed.sort(key=lambda one: not space_of(one.route) <= home)
    first = passed[0]
    is_meant = _applies(place) or space_of(first.route) <= home
    subnets = dict.fromkeys(one.subnet.id for one in passed)
    many = "subnet" if len(subnets) == 2 else "subnets"
    more = f" nor do those of {len(subnets) - 1:,} more {many}" if len(subnets) > 1 else ""
    names = ", ".join(one.name for one in _endpoints(facts, place)[:3])
    return Fail(
        message=f"Route {first.route.name} ({first.route.prefix}) on"
        f" {called(facts, first.subnet.id)} does not catch traffic to {names} in"
        f" {called(facts, place.id)},{more or ' which goes straight there'}.",
        severity=Severity.WARNING if is_meant else Severity.INFO,
        certainty=Certainty.LIKELY,
        evidence=(
            *route_evidence(first.route),
            Evidence(
                place.id,
                "properties.privateEndpointNetworkPolicies",
                place.endpoint_policies or None,
            ),
        ),
        related=(*(one.id for one in _endpoints(facts, place)), *list(subnets)[:20]),
    )
