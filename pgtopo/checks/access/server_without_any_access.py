"""A server with public access off, outside every network, without an approved endpoint."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import has_approved_endpoint
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.model.topology import Topology


def _closed_servers(topology: Topology) -> Iterator[FlexibleServer]:
    for server in topology.all(FlexibleServer):
        is_closed = server.mode is not Mode.VNET and server.public_access.lower() == "disabled"
        if is_closed or server.mode is Mode.UNKNOWN:
            yield server


@check(
    id="PGT804",
    slug="server-without-any-access",
    family=Family.ACCESS,
    title="Server has public access off and no approved private endpoint",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Servers outside every virtual network with publicNetworkAccess Disabled: whether a"
    " private endpoint to them is approved.",
    why="With public access off, private endpoints are the only way in. A server that was migrated"
    " from a virtual network ends up like this until it gets one.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query '[network.publicNetworkAccess,privateEndpointConnections]'",
    fix="Make a private endpoint in the clients' network, or approve the one that waits:\n"
    "az network private-endpoint create --resource-group <group> --name <endpoint>"
    " --vnet-name <network> --subnet <subnet> --private-connection-resource-id <server id>"
    " --group-id postgresqlServer --connection-name <connection>\n"
    "az postgres flexible-server private-endpoint-connection approve --resource-group <group>"
    " --server-name <server> --name <connection> --description approved",
    unknown_when="The server's row says neither its subnet nor its public access, or is a thin one"
    " that may have left out its subnet and its endpoints, as bodies of replicas do.",
    sources=(
        "Azure Database for PostgreSQL networking with Private Link: https://learn.microsoft.com/"
        "azure/postgresql/flexible-server/concepts-networking-private-link",
    ),
    subject=FlexibleServer,
    over=_closed_servers,
)
def server_without_any_access(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether an approved endpoint leads to the closed server."""
    if server.public_access.lower() != "disabled":
        return Unknown(
            message=f"How clients get to server {server.name} cannot be told: its row states"
            " neither properties.network.delegatedSubnetResourceId nor"
            " properties.network.publicNetworkAccess.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
            evidence=(Evidence(server.id, "properties.network", value=None),),
        )
    if has_approved_endpoint(facts, server):
        return OK
    if server.connections is None or not server.fqdn:
        return Unknown(
            message=f"Server {server.name} says that public access is Disabled and leaves out its"
            " subnet and its private endpoints.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    states = [c.status for c in facts.topology.connections_of(server.id)]
    return Fail(
        message=f"Server {server.name} has public access Disabled and no approved private endpoint"
        f" ({', '.join(states) or 'none at all'}).",
        evidence=(
            Evidence(server.id, "properties.network.publicNetworkAccess", server.public_access),
            Evidence(server.id, "properties.privateEndpointConnections", states or None),
        ),
        related=server.connections,
    )
