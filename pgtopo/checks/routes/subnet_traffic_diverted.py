"""A route that takes traffic between servers of one subnet away."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.spaces import space_gap
from pgtopo.analysis.routes.effective_route import Hop, Source
from pgtopo.analysis.routes.table import effective_routes
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called, space_unknown
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import hop_words, route_evidence, space_of, table_of
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet

_AWAY = (Hop.APPLIANCE, Hop.GATEWAY, Hop.INTERNET, Hop.NONE)


@check(
    id="PGT402",
    slug="subnet-traffic-diverted",
    family=Family.ROUTES,
    title="Route takes traffic within the server's subnet away",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.DROPPED,),
    looks_at="The routes in force on subnets with servers, for the subnet's own range: the longest"
    " prefix decides, and a user-defined route wins over Azure's of the same length.",
    why="A server and its standby talk to each other inside the subnet. A route for the network's"
    " range to an appliance sends that traffic out and back, where it is delayed or dropped. A"
    " route for everything does not: the network's own range is longer.",
    client_sees="Nothing at first; resource health says Degraded, and a failover cuts sessions.",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table> --output table",
    fix="az network route-table route create --resource-group <group>"
    " --route-table-name <route table> --name pg-subnet-local"
    " --address-prefix <subnet range> --next-hop-type VnetLocal",
    unknown_when="The subnet or its route table is not in the data, or the subnet's prefix cannot"
    " be read.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    remedy=routes.keep_subnet_local,
    subject=Subnet,
    over=server_subnets,
)
def subnet_traffic_diverted(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet's own range stays local."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    for _, found in effective_routes(facts, subnet.id).lookup(subnet.space):
        if found.source is not Source.USER or found.hop not in _AWAY:
            continue
        route = next((r for r in table.routes if found.span in space_of(r).spans), None)
        if route is None:
            continue
        return Fail(
            message=f"Route {route.name} ({route.prefix}) sends traffic within"
            f" {called(facts, subnet.id)} to {hop_words(route)}.",
            evidence=route_evidence(route),
            related=(table.id, *(server.id for server in facts.topology.servers_in(subnet.id))),
            cause=table.id,
        )
    gap = space_gap(facts, subnet)
    return OK if gap is None else space_unknown(facts, subnet, gap)
