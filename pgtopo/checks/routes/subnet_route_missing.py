"""A default route to an appliance without the local route that Microsoft documents beside it."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.spaces import space_gap
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import called, space_unknown
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import (
    default_route,
    hop_words,
    route_evidence,
    space_of,
    table_of,
)
from pgtopo.checks.scope import server_subnets
from pgtopo.model.net import union
from pgtopo.model.network import Subnet


@check(
    id="PGT403",
    slug="subnet-route-missing",
    family=Family.ROUTES,
    title="Default route to an appliance without the documented local route",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Route tables of subnets with servers: a route 0.0.0.0/0 to an appliance without a"
    " route for the subnet's own range to VnetLocal.",
    why="Microsoft asks for both. It does no harm today, because the network's own range is longer"
    " than a route for everything; it would as soon as somebody adds a route for that range.",
    client_sees="Nothing.",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table> --output table",
    fix="az network route-table route create --resource-group <group>"
    " --route-table-name <route table> --name pg-subnet-local"
    " --address-prefix <subnet range> --next-hop-type VnetLocal",
    unknown_when="The subnet or its route table is not in the data, or the subnet's prefix cannot"
    " be read.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    remedy=routes.keep_subnet_local,
    subject=Subnet,
    over=server_subnets,
)
def subnet_route_missing(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether a route keeps the subnet's range local beside a default route to an appliance."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    route = default_route(table)
    if route is None or not route.hop_type.lower().startswith("virtualappliance"):
        return OK
    local = union(space_of(r) for r in table.routes if r.hop_type.lower() == "vnetlocal")
    if subnet.space <= local:
        gap = space_gap(facts, subnet)
        return OK if gap is None else space_unknown(facts, subnet, gap)
    return Fail(
        message=f"Route {route.name} sends everything from {called(facts, subnet.id)} to"
        f" {hop_words(route)}, and no route keeps {', '.join(subnet.prefixes)} local.",
        evidence=route_evidence(route),
        related=(table.id, *(server.id for server in facts.topology.servers_in(subnet.id))),
        cause=table.id,
    )
