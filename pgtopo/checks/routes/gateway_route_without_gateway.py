"""A route to a virtual network gateway that is not there."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import effective_gateways, own_gateways
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.next_hop_routes import steered_subnets
from pgtopo.checks.reading import called, not_visible, unread
from pgtopo.checks.route_tables import route_evidence
from pgtopo.checks.scope import is_gateway_subnet
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import RouteTable, VirtualNetworkGateway


@check(
    id="PGT409",
    slug="gateway-route-without-gateway",
    family=Family.ROUTES,
    title="Route leads to a virtual network gateway that is not there",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Routes with the next hop VirtualNetworkGateway in networks that have to do with"
    " servers: whether the network has a gateway, or uses one through a peering.",
    why="Without a gateway the packets of such a route are dropped.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet-gateway list --resource-group <group> --query '[].[name,gatewayType]'",
    fix="Use the hub's gateway through the peering, or remove the route:\n"
    "az network vnet peering update --resource-group <group> --vnet-name <network>"
    " --name <peering> --set useRemoteGateways=true\n"
    "az network route-table route delete --resource-group <group>"
    " --route-table-name <route table> --name <route>",
    unknown_when="The route table is not in the data, gateways were not read in the network's"
    " subscription, or the peered network whose gateway is used is out of sight.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    subject=Subnet,
    over=steered_subnets,
)
def gateway_route_without_gateway(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether a gateway serves the subnet's network, one finding per route."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    routes = (
        [r for r in table.routes if r.hop_type.lower() == "virtualnetworkgateway"] if table else []
    )
    if table is None or not routes or effective_gateways(facts, subnet.network):
        return OK
    for peering in facts.topology.peerings_of(subnet.network):
        remote = peering.remote
        if peering.uses_remote_gateways and remote is not None:
            if facts.topology.get(VirtualNetwork, remote) is None:
                return not_visible(facts, VirtualNetwork.KIND, remote)
            if own_gateways(facts, remote) is not None:
                # The peering keeps the gateway away then, and has checks of its own.
                return OK
            missing = _unread_gateways(facts, remote)
            if missing is not None:
                return missing
    missing = _unread_gateways(facts, subnet.network)
    if missing is not None:
        return missing
    return tuple(
        Fail(
            message=f"Route {route.name} ({route.prefix}) on {called(facts, subnet.id)} leads to a"
            f" gateway; {called(facts, subnet.network)} has none and uses none through a peering.",
            evidence=route_evidence(route),
            related=(table.id, subnet.network),
            discriminator=route.name,
            cause=route.id,
        )
        for route in routes
    )


def _unread_gateways(facts: Facts, network: ArmId) -> Unknown | None:
    """An Unknown where a network may hold a gateway that was not read."""
    subnets = facts.topology.subnets_of(network)
    if subnets and not any(is_gateway_subnet(subnet) for subnet in subnets):
        return None
    return unread(facts, VirtualNetworkGateway.KIND, network)
