"""A server with public access, no firewall rule and no private endpoint."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.endpoints import has_approved_endpoint
from pgtopo.checks.reading import unread
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.server import FirewallRule, FlexibleServer


@check(
    id="PGT803",
    slug="public-server-admits-nobody",
    family=Family.ACCESS,
    title="Server with public access admits nobody",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Servers with public access: whether there is any firewall rule or any approved"
    " private endpoint.",
    why="The firewall admits nobody by default. Without a rule and without an endpoint nobody can"
    " connect, and the refusal looks like a dead network: packets are dropped in silence.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az postgres flexible-server firewall-rule list --resource-group <group>"
    " --server-name <server>",
    fix="Admit the public addresses of the clients:\n"
    "az postgres flexible-server firewall-rule create --resource-group <group>"
    " --server-name <server> --name <rule>"
    " --start-ip-address <client's public address>"
    " --end-ip-address <client's public address>\nA change takes up to five minutes.",
    unknown_when="The firewall rules of the server were not read.",
    sources=(
        "Firewall rules in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/security/security-firewall-rules",
    ),
    subject=FlexibleServer,
    over=admitting_servers,
)
def public_server_admits_nobody(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether anything lets a client in."""
    if facts.topology.firewall_rules(server.id) or has_approved_endpoint(facts, server):
        return OK
    missing = unread(facts, FirewallRule.KIND, server.id)
    if missing is not None:
        return missing
    return Fail(
        message=f"Server {server.name} has public access and neither a firewall rule nor an"
        " approved private endpoint: nobody can connect.",
        evidence=(
            Evidence(server.id, "properties.network.publicNetworkAccess", server.public_access),
            Evidence(server.id, "properties.privateEndpointConnections"),
        ),
    )
