"""A server's subnet on which the routes of peerings are switched off."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called
from pgtopo.checks.route_tables import table_of
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT416",
    slug="peering-routes-switched-off",
    family=Family.ROUTES,
    title="Route table switches the routes of peerings off for a server",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="disablePeeringRoute on the route tables of subnets with servers whose network is"
    " peered with another.",
    why="With All set, the subnet does not learn the ranges of peered networks. Answers to clients"
    " there are dropped unless a route of the table's own leads back.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network route-table show --resource-group <group> --name <route table>"
    " --query disablePeeringRoute",
    fix="az network route-table update --resource-group <group> --name <route table>"
    " --set disablePeeringRoute=None",
    unknown_when="The subnet or its route table is not in the data.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    subject=Subnet,
    over=server_subnets,
)
def peering_routes_switched_off(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet learns the ranges of peered networks."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    peerings = facts.topology.peerings_of(subnet.network)
    if not table.disables_peering_routes or not peerings:
        return OK
    return Fail(
        message=f"Route table {table.name} switches the routes of {len(peerings)} peering(s) off"
        f" on {called(facts, subnet.id)}.",
        evidence=(Evidence(table.id, "properties.disablePeeringRoute", "All"),),
        related=(table.id, *(peering.id for peering in peerings)),
        cause=table.id,
    )
