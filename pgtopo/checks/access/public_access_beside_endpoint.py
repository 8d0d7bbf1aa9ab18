"""A server with a private endpoint that can still be reached from the internet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.endpoints import has_approved_endpoint
from pgtopo.checks.reading import settle
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import public_servers
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT810",
    slug="public-access-beside-endpoint",
    family=Family.ACCESS,
    title="Server with a private endpoint still has public access",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="publicNetworkAccess of every server that has an approved private endpoint.",
    why="A private endpoint adds a way in, it does not close the other one. Clients whose DNS gives"
    " them the public address go around the endpoint without anybody noticing.",
    client_sees="Nothing; some clients connect over the internet.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query network.publicNetworkAccess",
    fix="Switch public access off once every client uses the endpoint:\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --public-access Disabled",
    unknown_when="The server has an approved endpoint and its row does not state"
    " publicNetworkAccess.",
    sources=(
        "Azure Database for PostgreSQL networking with Private Link: https://learn.microsoft.com/"
        "azure/postgresql/flexible-server/concepts-networking-private-link",
    ),
    remedy=servers.close_public_access,
    subject=FlexibleServer,
    over=public_servers,
)
def public_access_beside_endpoint(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether public access is off where an endpoint exists."""
    if not has_approved_endpoint(facts, server):
        return NOT_APPLICABLE
    access = server.public_access.lower()
    if access == "disabled":
        return OK
    if access != "enabled":
        return Unknown(
            message=f"Server {server.name} has a private endpoint and does not state whether"
            " public access is on.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    endpoints = [c.endpoint for c in facts.topology.connections_of(server.id) if c.endpoint]
    return Fail(
        message=f"Server {server.name} has an approved private endpoint, and public access is"
        " Enabled as well.",
        evidence=(
            Evidence(server.id, "properties.network.publicNetworkAccess", server.public_access),
            Evidence(server.id, "properties.privateEndpointConnections", "Approved"),
        ),
        related=tuple(endpoints),
    )
