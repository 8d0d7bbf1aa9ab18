"""A server's subnet on which the routes of peerings are switched off."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.effective_route import Hop
from pgtopo.analysis.routes.table import effective_routes
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import table_of
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Peering, Subnet, VirtualNetwork


@check(
    id="PGT416",
    slug="peering-routes-switched-off",
    family=Family.ROUTES,
    title="Route table switches the routes of peerings off for a server",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="disablePeeringRoute on the route tables of subnets with servers whose network is"
    " peered with another, to which no route of the table's own leads.",
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
    remedy=routes.let_peerings_route,
    subject=Subnet,
    over=server_subnets,
)
def peering_routes_switched_off(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet learns the ranges of peered networks."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    if not table.disables_peering_routes:
        return OK
    peerings = [p for p in facts.topology.peerings_of(subnet.network) if _is_lost(facts, subnet, p)]
    if not peerings:
        return OK
    return Fail(
        message=f"Route table {table.name} switches the routes of peerings off on"
        f" {called(facts, subnet.id)}, and no route of its own leads back to"
        f" {called(facts, peerings[0].remote)}{_more(len(peerings) - 1)}.",
        evidence=(Evidence(table.id, "properties.disablePeeringRoute", "All"),),
        related=(table.id, *(peering.id for peering in peerings)),
        cause=table.id,
    )


def _is_lost(facts: Facts, subnet: Subnet, peering: Peering) -> bool:
    """Whether some of the other network's addresses have no way from the subnet."""
    remote = facts.topology.get(VirtualNetwork, peering.remote)
    space = remote.space if remote is not None else peering.remote_space
    ways = effective_routes(facts, subnet.id).lookup(space) if space else ()
    return not space or any(found.hop in (Hop.NONE, Hop.INTERNET) for _, found in ways)


def _more(count: int) -> str:
    return f" and {count} more" if count else ""
