"""A default route that takes a server's Entra traffic along."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import (
    default_route,
    hop_words,
    is_diverting,
    route_evidence,
    table_of,
)
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet

_TAG = "azureactivedirectory"


@check(
    id="PGT401",
    slug="entra-route-missing",
    family=Family.ROUTES,
    title="Default route to an appliance takes Entra traffic of servers along",
    severity=Severity.ERROR,
    grading="Error where a server in the subnet has Entra sign-in, else warning.",
    since="0.1",
    symptoms=(Symptom.AUTH,),
    looks_at="Route tables of subnets with servers: a route 0.0.0.0/0 to an appliance or gateway"
    " without a route AzureActiveDirectory to Internet beside it.",
    why="With everything sent to an appliance or on premises, the server reaches Entra ID only if"
    " that device lets it. Microsoft asks for a route that keeps this traffic on Azure's own way;"
    " without it Entra sign-in and its administration fail.",
    client_sees="password authentication failed for user, with a token that is valid",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table> --output table",
    fix="az network route-table route create --resource-group <group>"
    " --route-table-name <route table> --name entra-direct"
    " --address-prefix AzureActiveDirectory --next-hop-type Internet",
    unknown_when="The subnet or its route table is not in the data.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    remedy=routes.keep_entra_direct,
    subject=Subnet,
    over=server_subnets,
)
def entra_route_missing(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether a diverting default route is accompanied by one for Entra."""
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    route = default_route(table)
    if route is None or not is_diverting(route):
        return OK
    if any(_keeps_entra(r.prefix, r.hop_type) for r in table.routes):
        return OK
    servers = facts.topology.servers_in(subnet.id)
    has_entra = any(server.has_entra for server in servers)
    return Fail(
        message=f"Route {route.name} sends everything from {called(facts, subnet.id)} to"
        f" {hop_words(route)}, and no route AzureActiveDirectory to Internet stands beside it.",
        severity=Severity.ERROR if has_entra else Severity.WARNING,
        evidence=route_evidence(route),
        related=(table.id, *(server.id for server in servers)),
        cause=table.id,
    )


def _keeps_entra(prefix: str, hop: str) -> bool:
    return prefix.strip().lower() == _TAG and hop.lower() == "internet"
