"""A server with public access, no firewall rule and no private endpoint."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.seen import Absence, absence
from pgtopo.analysis.servers.endpoints import server_endpoints
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
from pgtopo.checks.reading import settle, unread
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.coverage import Status
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer


@check(
    id="PGT803",
    slug="public-server-admits-nobody",
    family=Family.ACCESS,
    title="Server with public access admits nobody",
    severity=Severity.WARNING,
    grading="Likely where the server's row leaves out its private endpoint connections, and the"
    " private endpoints that were read are not those of the whole tenant.",
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
    unknown_when="The firewall rules of the server were not read; its row leaves out its private"
    " endpoint connections and private endpoints were not read either; or the two sides of a"
    " connection state different things.",
    sources=(
        "Firewall rules in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/security/security-firewall-rules",
    ),
    subject=FlexibleServer,
    over=admitting_servers,
)
def public_server_admits_nobody(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether anything lets a client in."""
    ends = server_endpoints(facts, server)
    if facts.topology.firewall_rules(server.id) or ends.approved:
        return OK
    missing = unread(facts, FirewallRule.KIND, server.id)
    if missing is not None:
        return missing
    if ends.doubtful:
        return _doubtful(facts, server)
    absent = _absence(facts, server)
    if absent in (Absence.UNREAD, Absence.ASSUMED):
        return _not_listed(facts, server)
    listed = [one.status for one in ends.all]
    is_certain = absent is Absence.CERTAIN
    rest = "" if is_certain else ", as far as private endpoints were read"
    return Fail(
        message=f"Server {server.name} has public access and neither a firewall rule nor an"
        f" approved private endpoint{rest}: nobody can connect.",
        certainty=Certainty.CERTAIN if is_certain else Certainty.LIKELY,
        evidence=(
            Evidence(server.id, "properties.network.publicNetworkAccess", server.public_access),
            Evidence(server.id, "properties.privateEndpointConnections", listed or None),
        ),
    )


def _absence(facts: Facts, server: FlexibleServer) -> Absence:
    """What it means that no further private endpoint of a server is in the data."""
    entry = facts.topology.coverage.entry(EndpointConnection.KIND, server.id)
    is_own = entry is not None and entry.scope == server.id
    if is_own and entry is not None and entry.status is not Status.READ:
        return Absence.UNREAD
    if server.connections is not None or is_own:
        return Absence.CERTAIN
    return absence(facts, PrivateEndpoint.KIND, server.id)


def _not_listed(facts: Facts, server: FlexibleServer) -> Unknown:
    return Unknown(
        message=f"Server {server.name} has no firewall rule. Whether a private endpoint leads to it"
        " cannot be told: not all of its private endpoint connections are in the data.",
        settle_with=settle(facts, FlexibleServer.KIND, server.id),
        evidence=(Evidence(server.id, "properties.privateEndpointConnections", value=None),),
    )


def _doubtful(facts: Facts, server: FlexibleServer) -> Unknown:
    ends = server_endpoints(facts, server).doubtful
    return Unknown(
        message=f"Server {server.name} has no firewall rule. Whether a private endpoint of it is"
        " approved cannot be told: its two sides state different things, or nothing.",
        settle_with=settle(facts, FlexibleServer.KIND, server.id),
        evidence=(
            Evidence(
                server.id,
                "properties.privateEndpointConnections",
                [one.status for one in facts.topology.connections_of(server.id) if one.status]
                or None,
            ),
        ),
        related=tuple(one.id for one in ends),
    )
