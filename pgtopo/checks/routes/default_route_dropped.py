"""A default route that drops what a server sends to Azure's services."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import default_route, route_evidence, table_of
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT404",
    slug="default-route-dropped",
    family=Family.ROUTES,
    title="Route drops everything a server sends out of its network",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.AUTH, Symptom.TIMEOUT),
    looks_at="Route tables of subnets with servers: a route 0.0.0.0/0 with the next hop None.",
    why="Such a route cuts the server off from Entra ID, from Storage where no service endpoint"
    " carries it, and from every client whose network has no longer route.",
    client_sees="Time-outs for clients beyond peered networks; Entra sign-in fails.",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table> --query \"[?nextHopType=='None']\" --output table",
    fix="Remove the route and close the subnet with its NSG instead, admitting Storage and"
    " AzureActiveDirectory:\n"
    "az network route-table route delete --resource-group <group>"
    " --route-table-name <route table> --name <route>",
    unknown_when="The subnet or its route table is not in the data.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    remedy=routes.drop_default_none,
    subject=Subnet,
    over=server_subnets,
)
def default_route_dropped(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the default route leads to None."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    route = default_route(table)
    if route is None or route.hop_type.lower() != "none":
        return OK
    return Fail(
        message=f"Route {route.name} drops everything that leaves {called(facts, subnet.id)} for"
        " addresses outside its own and peered networks.",
        evidence=route_evidence(route),
        related=(table.id, *(server.id for server in facts.topology.servers_in(subnet.id))),
        cause=route.id,
    )
