"""A route to a gateway that does not take such routes."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import effective_gateways
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.next_hop_routes import steered_subnets
from pgtopo.checks.reading import called
from pgtopo.checks.route_tables import route_evidence
from pgtopo.model.network import Subnet
from pgtopo.model.routing import RouteTable, VirtualNetworkGateway


@check(
    id="PGT410",
    slug="gateway-route-without-vpn",
    family=Family.ROUTES,
    title="Route leads to an ExpressRoute gateway, which does not take it",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Routes with the next hop VirtualNetworkGateway in networks that have to do with"
    " servers and whose gateway is of the kind ExpressRoute, alone or beside a VPN gateway.",
    why="User-defined routes to a gateway work with VPN gateways only, and not where both kinds"
    " stand side by side. Networks behind ExpressRoute are announced by BGP.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet-gateway list --resource-group <group> --query '[].[name,gatewayType]'",
    fix="Remove the route and announce the range over BGP instead:\n"
    "az network route-table route delete --resource-group <group>"
    " --route-table-name <route table> --name <route>",
    unknown_when="The subnet's route table is not in the data.",
    sources=(
        "Virtual network traffic routing, Virtual network gateway: https://learn.microsoft.com/"
        "azure/virtual-network/virtual-networks-udr-overview",
    ),
    subject=Subnet,
    over=steered_subnets,
)
def gateway_route_without_vpn(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether routes to a gateway meet a VPN gateway alone, one finding per route."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    held = table.routes if table is not None else ()
    routes = [route for route in held if route.hop_type.lower() == "virtualnetworkgateway"]
    reaches = effective_gateways(facts, subnet.network) if routes else ()
    if table is None or not routes or not reaches:
        return NOT_APPLICABLE
    express = [
        gateway for reach in reaches if reach.has_express_route for gateway in reach.gateways
    ]
    if not express:
        return OK
    kind = facts.topology.get(VirtualNetworkGateway, express[0])
    return tuple(
        Fail(
            message=f"Route {route.name} ({route.prefix}) on {called(facts, subnet.id)} leads to a"
            f" gateway, and {called(facts, express[0])} is for ExpressRoute.",
            evidence=(
                *route_evidence(route),
                Evidence(express[0], "properties.gatewayType", kind.gateway_type if kind else None),
            ),
            related=(table.id, *express),
            discriminator=route.name,
            cause=route.id,
        )
        for route in routes
    )
