"""A route table on a gateway's subnet that harms the gateway."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called
from pgtopo.checks.route_tables import default_route, route_evidence, table_of
from pgtopo.checks.scope import gateway_subnets
from pgtopo.model.network import Subnet
from pgtopo.model.routing import RouteTable


@check(
    id="PGT414",
    slug="gateway-subnet-badly-routed",
    family=Family.ROUTES,
    title="Route table of GatewaySubnet harms the gateway",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Route tables on subnets named GatewaySubnet: a route 0.0.0.0/0, or gateway route"
    " propagation switched off.",
    why="The gateway needs its own way to Azure's management and the routes it learns itself. With"
    " either gone it stops working, and with it every client on premises.",
    client_sees="Time-outs for clients on premises.",
    confirm="az network route-table show --resource-group <group> --name <route table>"
    " --query '[disableBgpRoutePropagation,routes[].addressPrefix]'",
    fix="az network route-table update --resource-group <group> --name <route table>"
    " --disable-bgp-route-propagation false\n"
    "az network route-table route delete --resource-group <group>"
    " --route-table-name <route table> --name <default route>\n"
    "Name the networks to be steered one by one instead of 0.0.0.0/0.",
    unknown_when="The route table of the subnet is not in the data.",
    sources=(
        "About VPN Gateway configuration settings, Gateway subnet: https://learn.microsoft.com/"
        "azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings",
    ),
    subject=Subnet,
    over=gateway_subnets,
)
def gateway_subnet_badly_routed(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the gateway's subnet keeps its own default route and propagation."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    return tuple(_faults(facts, subnet, table)) or OK


def _faults(facts: Facts, subnet: Subnet, table: RouteTable) -> Iterator[Fail]:
    place = called(facts, subnet.id)
    route = default_route(table)
    if route is not None:
        yield Fail(
            message=f"Route {route.name} gives {place} a default route to {route.hop_type}.",
            evidence=route_evidence(route),
            related=(table.id,),
            discriminator="default route",
            cause=route.id,
        )
    if table.is_propagation_disabled:
        yield Fail(
            message=f"Route table {table.name} switches gateway routes off on {place}.",
            evidence=(Evidence(table.id, "properties.disableBgpRoutePropagation", value=True),),
            related=(table.id,),
            discriminator="propagation",
            cause=table.id,
        )
