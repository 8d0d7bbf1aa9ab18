"""A default route to an appliance that takes a server's Storage traffic along."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called, unread
from pgtopo.checks.remedies import subnets
from pgtopo.checks.route_tables import (
    default_route,
    has_storage_endpoint,
    has_tag_route,
    hop_words,
    is_diverting,
    route_evidence,
    table_of,
)
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT420",
    slug="storage-through-appliance",
    family=Family.ROUTES,
    title="Servers' log archive goes through an appliance",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.READ_ONLY,),
    looks_at="Subnets with servers that send 0.0.0.0/0 to an appliance or gateway and have no"
    " service endpoint for Storage and no route for the tag Storage to Internet.",
    why="The server archives its transaction log to Azure Storage all the time. Through an"
    " appliance this is slow and stops with it; then the log fills the server's disk.",
    client_sees="Nothing at first; in the end: cannot execute ... in a read-only transaction",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query '[routeTable.id,serviceEndpoints[].service]'",
    fix="az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --service-endpoints Microsoft.Storage\nName every endpoint that the subnet"
    " should keep: the list is replaced as a whole.",
    unknown_when="The subnet or its route table is not in the data, or the subnet was not read in"
    " full.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    remedy=subnets.add_storage_endpoint,
    subject=Subnet,
    over=server_subnets,
)
def storage_through_appliance(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether Storage has a way of its own beside a diverting default route."""
    if has_storage_endpoint(subnet):
        return OK
    table = table_of(facts, subnet)
    if table is None or isinstance(table, Unknown):
        return table or OK
    route = default_route(table)
    if route is None or not is_diverting(route) or has_tag_route(table, "Storage"):
        return OK
    missing = unread(facts, Subnet.KIND, subnet.id)
    return missing or Fail(
        message=f"Route {route.name} sends everything from {called(facts, subnet.id)} to"
        f" {hop_words(route)}, Storage traffic of its servers included.",
        evidence=(
            *route_evidence(route),
            Evidence(
                subnet.id,
                "properties.serviceEndpoints",
                [endpoint.service for endpoint in subnet.service_endpoints] or None,
            ),
        ),
        related=(table.id, *(server.id for server in facts.topology.servers_in(subnet.id))),
    )
