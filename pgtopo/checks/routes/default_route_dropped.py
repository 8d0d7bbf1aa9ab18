"""A default route that drops what a server sends to Azure's services."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import (
    default_route,
    has_storage_endpoint,
    has_tag_route,
    route_evidence,
    table_of,
)
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet
from pgtopo.model.routing import RouteTable


@check(
    id="PGT404",
    slug="default-route-dropped",
    family=Family.ROUTES,
    title="Route drops everything a server sends out of its network",
    severity=Severity.ERROR,
    grading="Error where Storage is cut off, or Entra ID and a server has Entra sign-in; warning"
    " where only Entra ID is, and no server asks it yet.",
    since="0.1",
    symptoms=(Symptom.AUTH, Symptom.TIMEOUT),
    looks_at="Route tables of subnets with servers: a route 0.0.0.0/0 with the next hop None,"
    " beside which Storage has neither a service endpoint nor a route of its own, or Entra ID no"
    " route of its own.",
    why="Such a route cuts the server off from Entra ID, and from Storage where no service endpoint"
    " carries it. A subnet closed like this is in order once both have a way of their own.",
    client_sees="Entra sign-in fails; in the end: cannot execute ... in a read-only transaction",
    confirm="az network route-table route list --resource-group <group>"
    " --route-table-name <route table> --query \"[?nextHopType=='None']\" --output table",
    fix="Keep the subnet closed, and give the services that the server needs routes of their own:\n"
    "az network route-table route create --resource-group <group>"
    " --route-table-name <route table> --name entra-direct"
    " --address-prefix AzureActiveDirectory --next-hop-type Internet\n"
    "az network route-table route create --resource-group <group>"
    " --route-table-name <route table> --name storage-direct"
    " --address-prefix Storage.<region> --next-hop-type Internet",
    unknown_when="The subnet or its route table is not in the data.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    remedy=routes.keep_services_direct,
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
    servers = facts.topology.servers_in(subnet.id)
    lost = _lost(table, subnet)
    if not lost:
        return OK
    is_needed = "Storage" in lost or any(server.has_entra for server in servers)
    return Fail(
        message=f"Route {route.name} drops what leaves {called(facts, subnet.id)} for addresses"
        f" outside its own and peered networks, {' and '.join(lost)} among them.",
        severity=Severity.ERROR if is_needed else Severity.WARNING,
        evidence=route_evidence(route),
        related=(table.id, *(server.id for server in servers)),
        cause=table.id,
    )


def _lost(table: RouteTable, subnet: Subnet) -> list[str]:
    """The services that a server needs and that have no way of their own."""
    has_storage = has_storage_endpoint(subnet) or has_tag_route(table, "Storage")
    found = [] if has_storage else ["Storage"]
    if not has_tag_route(table, "AzureActiveDirectory"):
        found.append("Entra ID")
    return found
