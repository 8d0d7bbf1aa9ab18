"""A route that should lead to a private endpoint through an appliance and does not."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.endpoints import addresses_of
from pgtopo.checks.next_hop_routes import steered_subnets
from pgtopo.checks.reading import not_visible
from pgtopo.checks.route_tables import is_diverting, route_evidence, space_of
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import parse_address
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import Route, RouteTable

_APPLIED = ("enabled", "routetableenabled")


@check(
    id="PGT418",
    slug="route-ignored-by-endpoint",
    family=Family.ROUTES,
    title="Route through an appliance does not catch traffic to a private endpoint",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="Routes to appliances, other than for everything, that cover the address of a private"
    " endpoint to a server in the own or a peered network: whether the endpoint's subnet applies"
    " route tables and the route is as long as its network's range.",
    why="Each endpoint brings a route of its own for its one address, which is longer. Unless the"
    " endpoint's subnet says otherwise, the traffic goes straight to it, uninspected.",
    client_sees="Nothing; traffic passes by the appliance.",
    confirm="az network nic show-effective-route-table --resource-group <group>"
    " --name <client interface> --query \"value[?nextHopType=='InterfaceEndpoint']\"",
    fix="az network vnet subnet update --resource-group <group> --vnet-name <endpoint's network>"
    " --name <endpoint's subnet> --private-endpoint-network-policies RouteTableEnabled\n"
    "Make sure that the appliance translates the source address: answers of an endpoint do not"
    " follow routes.",
    unknown_when="The route table or the endpoint's subnet is not in the data.",
    sources=(
        "Manage network policies for private endpoints: https://learn.microsoft.com/azure/"
        "private-link/disable-private-endpoint-network-policy",
    ),
    subject=Subnet,
    over=steered_subnets,
)
def route_ignored_by_endpoint(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether routes meant for endpoints apply to them, one answer per route and endpoint."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    routes = [r for r in table.routes if _is_meant(r)] if table is not None else []
    found: list[Fail | Unknown] = []
    for endpoint in _near(facts, subnet.network) if routes else ():
        for route in routes:
            answer = _judged(facts, subnet, route, endpoint)
            if answer is not None:
                found.append(answer)
    return tuple(found) or OK


def _is_meant(route: Route) -> bool:
    space = space_of(route)
    return is_diverting(route) and bool(space) and len(space) < 1 << 32


def _near(facts: Facts, network: ArmId) -> list[PrivateEndpoint]:
    """The endpoints whose own routes reach a network: in it, and in its peers."""

    def gather() -> dict[ArmId, list[PrivateEndpoint]]:
        held: dict[ArmId, list[PrivateEndpoint]] = {}
        for endpoint in postgres_endpoints(facts.topology):
            home = ancestor(endpoint.subnet, "virtualnetworks") if endpoint.subnet else None
            if home is not None:
                held.setdefault(home, []).append(endpoint)
        return held

    known = facts.once("endpoints by network", "", gather)
    places = [network, *(p.remote for p in facts.topology.peerings_of(network) if p.remote)]
    return [endpoint for place in dict.fromkeys(places) for endpoint in known.get(place, [])]


def _values(facts: Facts, endpoint: PrivateEndpoint) -> tuple[int, ...]:
    def read() -> tuple[int, ...]:
        found = (parse_address(text) for text in sorted(addresses_of(facts, endpoint)))
        return tuple(value for value in found if value is not None)

    return facts.once("endpoint addresses", endpoint.id, read)


def _judged(
    facts: Facts, subnet: Subnet, route: Route, endpoint: PrivateEndpoint
) -> Fail | Unknown | None:
    space = space_of(route)
    values = _values(facts, endpoint)
    if not any(value in space for value in values) or endpoint.subnet is None:
        return None
    place = facts.topology.get(Subnet, endpoint.subnet)
    if place is None:
        gap = not_visible(facts, Subnet.KIND, endpoint.subnet)
        return Unknown(
            message=gap.message,
            settle_with=gap.settle_with,
            discriminator=f"{route.name} {endpoint.name}",
        )
    network = facts.topology.get(VirtualNetwork, place.network)
    ranges = network.space.spans if network is not None else ()
    is_long = not any(low <= values[0] <= high < space.spans[-1].high for low, high in ranges)
    if place.endpoint_policies.lower() in _APPLIED and is_long:
        return None
    return Fail(
        message=f"Route {route.name} ({route.prefix}) on {called(facts, subnet.id)} does not catch"
        f" traffic to private endpoint {endpoint.name}, which goes straight there.",
        evidence=(
            *route_evidence(route),
            Evidence(
                place.id,
                "properties.privateEndpointNetworkPolicies",
                place.endpoint_policies or None,
            ),
        ),
        related=(endpoint.id, place.id),
        discriminator=f"{route.name} {endpoint.name}",
        cause=place.id,
    )
