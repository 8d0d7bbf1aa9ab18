"""On-premises traffic that passes a firewall on the way to a server and not on the way back."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import GatewayReach, effective_gateways
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop
from pgtopo.analysis.routes.table import effective_routes
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    check,
)
from pgtopo.checks.reading import not_visible
from pgtopo.checks.scope import is_gateway_subnet, server_subnets
from pgtopo.model.network import Subnet
from pgtopo.model.routing import RouteTable


@check(
    id="PGT415",
    slug="return-past-gateway-firewall",
    family=Family.ROUTES,
    title="Answers to clients on premises go past the firewall they came through",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Routes of GatewaySubnet that send traffic for a subnet with servers to an appliance,"
    " against the routes of that subnet back to the sites behind the gateway.",
    why="A firewall that sees only one direction of a connection drops it. Both directions have to"
    " pass it, or neither.",
    client_sees="Time-outs for clients on premises.",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table of the server's subnet> --output table",
    fix="az network route-table route create --resource-group <group>"
    " --route-table-name <route table of the server's subnet> --name <site>"
    " --address-prefix <site's range> --next-hop-type VirtualAppliance"
    " --next-hop-ip-address <firewall address>",
    unknown_when="The subnet or one of the two route tables is not in the data.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    subject=Subnet,
    over=server_subnets,
)
def return_past_gateway_firewall(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the way back to the sites passes what the way in passes."""
    reaches = [r for r in effective_gateways(facts, subnet.network) if r.space]
    if not reaches:
        return NOT_APPLICABLE
    for reach in reaches:
        for gateway_subnet in _gateway_subnets(facts, reach):
            for place in (gateway_subnet, subnet):
                table = place.route_table
                if table is not None and facts.topology.get(RouteTable, table) is None:
                    return not_visible(facts, RouteTable.KIND, table)
            found = next(_one_way(facts, subnet, gateway_subnet, reach), None)
            if found is not None:
                return found
    return OK


def _gateway_subnets(facts: Facts, reach: GatewayReach) -> Iterator[Subnet]:
    return (s for s in facts.topology.subnets_of(reach.home) if is_gateway_subnet(s))


def _one_way(
    facts: Facts, subnet: Subnet, gateway_subnet: Subnet, reach: GatewayReach
) -> Iterator[Fail]:
    inward = effective_routes(facts, gateway_subnet.id).lookup(subnet.space)
    steered = next((route for _, route in inward if route.hop is Hop.APPLIANCE), None)
    if steered is None:
        return
    for space, back in effective_routes(facts, subnet.id).lookup(reach.space):
        if back.hop is Hop.GATEWAY:
            yield _fail(facts, subnet, steered, space.cidrs()[0])


def _fail(facts: Facts, subnet: Subnet, steered: EffectiveRoute, site: str) -> Fail:
    shown = facts.topology.display(subnet.route_table) if subnet.route_table else None
    tables = (subnet.route_table,) if subnet.route_table else ()
    return Fail(
        message=f"Route {steered.name} of GatewaySubnet sends traffic for"
        f" {called(facts, subnet.id)} through an appliance; answers to {site} go straight to the"
        " gateway.",
        certainty=Certainty.LIKELY,
        evidence=(steered.evidence, Evidence(subnet.id, "properties.routeTable.id", shown)),
        related=(*tables, *(server.id for server in facts.topology.servers_in(subnet.id))),
        cause=subnet.route_table or subnet.id,
    )
