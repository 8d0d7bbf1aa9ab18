"""A server's subnet whose way out was taken away."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import by_id, called
from pgtopo.checks.route_tables import (
    default_route,
    hop_words,
    is_diverting,
    route_evidence,
    table_of,
)
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet
from pgtopo.model.routing import Route
from pgtopo.model.server import FlexibleServer

_STORAGE = ("microsoft.storage", "microsoft.storage.global")


@check(
    id="PGT611",
    slug="server-subnet-without-egress",
    family=Family.SUBNET,
    title="Subnet of a server has no way out to Azure's services",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.AUTH,),
    looks_at="Subnets with servers that set defaultOutboundAccess to false and have neither a NAT"
    " gateway nor a default route to an appliance or gateway, while a server needs Entra ID or"
    " lacks a service endpoint for Storage.",
    why="Without default outbound access nothing in the subnet reaches public addresses by itself,"
    " not by a route to Internet either: there is no public address to leave with."
    " Whether the service's own traffic is exempt is not documented, so look before relying on it.",
    client_sees="Entra sign-in fails; the log archive stops.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query '[defaultOutboundAccess,natGateway.id,routeTable.id]'",
    fix="Give the subnet a NAT gateway. Where only the log archive lacks a way, a service endpoint"
    " for Storage is enough; Entra ID is reached by the NAT gateway, or by a default route to an"
    " appliance:\n"
    "az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --nat-gateway <nat gateway>\n"
    "az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --service-endpoints <those it has> Microsoft.Storage",
    unknown_when="The subnet or its route table is not in the data, or its default route does not"
    " state where it leads.",
    sources=(
        "Default outbound access in Azure: https://learn.microsoft.com/azure/virtual-network/"
        "ip-services/default-outbound-access",
    ),
    subject=Subnet,
    over=server_subnets,
)
def server_subnet_without_egress(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet has a way out that its servers need."""
    if subnet.default_outbound is not False or subnet.nat_gateway is not None:
        return OK
    servers = facts.topology.servers_in(subnet.id)
    has_storage = any(e.service.lower() in _STORAGE for e in subnet.service_endpoints)
    if has_storage and not any(server.has_entra for server in servers):
        return OK
    table = table_of(facts, subnet)
    if isinstance(table, Unknown):
        return table
    route = default_route(table) if table is not None else None
    if route is not None and is_diverting(route):
        return OK
    if route is not None and not route.hop_type:
        return _aimless(facts, subnet, route)
    return Fail(
        message=f"Subnet {called(facts, subnet.id)} has no way out for"
        f" {_lacking(servers, has_storage=has_storage)}: default outbound access is switched off,"
        f" and there is neither a NAT gateway nor a default route{_only(route)}.",
        certainty=Certainty.LIKELY,
        evidence=(
            Evidence(subnet.id, "properties.defaultOutboundAccess", value=False),
            Evidence(subnet.id, "properties.natGateway.id"),
            *(route_evidence(route) if route is not None else ()),
        ),
        related=tuple(server.id for server in servers),
    )


def _only(route: Route | None) -> str:
    """What a default route that is there is not."""
    if route is None:
        return ""
    return f" to an appliance or gateway: route {route.name} leads to {hop_words(route)}"


def _aimless(facts: Facts, subnet: Subnet, route: Route) -> Unknown:
    return Unknown(
        message=f"Whether subnet {called(facts, subnet.id)} has a way out is open: its default"
        f" route {route.name} does not state where it leads.",
        settle_with=by_id(facts, "az network route-table route show", route.id),
        evidence=(Evidence(route.id, "properties.nextHopType", value=None),),
        related=(route.id,),
    )


def _lacking(servers: list[FlexibleServer], *, has_storage: bool) -> str:
    """What servers of a subnet need and do not reach from there."""
    names = [server.name for server in servers if server.has_entra]
    found = [f"Entra sign-in of {' and '.join(names)}"] if names else []
    if not has_storage:
        found.append("the log archive, which lacks a service endpoint for Storage")
    return " and for ".join(found)
