"""A server in a virtual network without any private DNS zone."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.checks.scope import injected_servers
from pgtopo.model.server import FlexibleServer

_ZONE = "properties.network.privateDnsZoneArmResourceId"


@check(
    id="PGT101",
    slug="server-without-private-zone",
    family=Family.DNS,
    title="Server in a virtual network has no private DNS zone",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Every server in a delegated subnet: whether it names a private DNS zone at all.",
    why="The server's public name is only an alias. The address behind it is published in the"
    " private zone that the server names, so without a zone nobody can look it up.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query network.privateDnsZoneArmResourceId",
    fix="Give the server a zone that ends in .postgres.database.azure.com and is linked to its"
    " network:\naz postgres flexible-server update --resource-group <group> --name <server>"
    " --private-dns-zone <zone id>\nThe zone cannot be changed while high availability is on:"
    " switch that off first, and on again afterwards.",
    unknown_when="The server's row has the shape of the first previews, which had no place for a"
    " zone, or the text that stands where the zone's id belongs is not an id.",
    sources=(
        "Networking overview for Azure Database for PostgreSQL with private access:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=injected_servers,
)
def server_without_private_zone(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the server names a zone."""
    if server.zone is not None:
        return OK
    if server.is_preview_body or _has_unreadable_zone(facts, server):
        return Unknown(
            message=f"Server {server.name}: its row does not tell whether it has a private zone.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    return Fail(
        message=f"Server {server.name} lives in a virtual network and names no private DNS zone.",
        evidence=(
            Evidence(server.id, _ZONE),
            Evidence(
                server.id,
                "properties.network.delegatedSubnetResourceId",
                facts.topology.display(server.subnet) if server.subnet else None,
            ),
        ),
    )


def _has_unreadable_zone(facts: Facts, server: FlexibleServer) -> bool:
    shown = facts.topology.display(server.id)
    return any(issue.path == _ZONE and issue.resource == shown for issue in facts.topology.issues)
