"""A private endpoint to a server that lives in a virtual network."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import server_of, target_of
from pgtopo.checks.reading import by_id, called, not_visible
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.server import FlexibleServer, Mode


@check(
    id="PGT902",
    slug="endpoint-to-injected-server",
    family=Family.ENDPOINT,
    title="Private endpoint leads to a server in a virtual network",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The servers that private endpoints lead to: whether they live in a delegated subnet.",
    why="Private Link works with servers that have public access mode only. A server that was made"
    " inside a virtual network cannot be reached through an endpoint.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query network.delegatedSubnetResourceId",
    fix="Reach the server by peering and a link to its zone, and delete the endpoint:\n"
    "az network private-endpoint delete --resource-group <group> --name <endpoint>\n"
    "Where endpoints are wanted, make a new server with public access mode and an endpoint, and"
    " restore or replicate into it.",
    unknown_when="The server's row is not in the data, or does not tell its mode.",
    sources=(
        "Azure Database for PostgreSQL networking with Private Link: https://learn.microsoft.com/"
        "azure/postgresql/flexible-server/concepts-networking-private-link",
    ),
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def endpoint_to_injected_server(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether the endpoint's server lives outside virtual networks."""
    server = server_of(facts, endpoint)
    if server is None or server.mode is Mode.UNKNOWN:
        target = target_of(endpoint)
        if target is not None:
            return not_visible(facts, FlexibleServer.KIND, target)
        return Unknown(
            message=f"Private endpoint {endpoint.name} names no service.",
            settle_with=by_id(facts, "az network private-endpoint show", endpoint.id),
        )
    if server.mode is not Mode.VNET or server.subnet is None:
        return OK
    return Fail(
        message=f"Private endpoint {endpoint.name} leads to server {server.name}, which lives in"
        f" subnet {called(facts, server.subnet)} and cannot have one.",
        evidence=(
            Evidence(
                server.id,
                "properties.network.delegatedSubnetResourceId",
                facts.topology.display(server.subnet),
            ),
            Evidence(endpoint.id, "properties.provisioningState", endpoint.provisioning or None),
        ),
        related=(server.id,),
    )
