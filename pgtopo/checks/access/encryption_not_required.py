"""A server that accepts connections without TLS."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import servers
from pgtopo.model.server import FlexibleServer, ServerParameter

_OFF = ("off", "false", "0", "no")


@check(
    id="PGT811",
    slug="encryption-not-required",
    family=Family.ACCESS,
    title="Server accepts connections without encryption",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The server parameter require_secure_transport of every server.",
    why="With the parameter off, passwords and data of a client that does not ask for TLS travel"
    " in clear text. It is on by default.",
    client_sees="Nothing; select ssl from pg_stat_ssl shows false for such a session.",
    confirm="az postgres flexible-server parameter show --resource-group <group>"
    " --server-name <server> --name require_secure_transport --query value",
    fix="See who would be cut off, then switch it on:\n"
    'psql "host=<server> dbname=postgres sslmode=require" -c "select usename, client_addr from'
    ' pg_stat_activity join pg_stat_ssl using (pid) where not ssl"\n'
    "az postgres flexible-server parameter set --resource-group <group>"
    " --server-name <server> --name require_secure_transport --value on",
    unknown_when="The server's parameters were not read.",
    sources=(
        "TLS in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/postgresql/"
        "security/security-tls",
    ),
    remedy=servers.require_encryption,
    subject=FlexibleServer,
)
def encryption_not_required(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether require_secure_transport is on, as it is by default."""
    found = facts.topology.parameter(server.id, "require_secure_transport")
    if found is None:
        return unread(facts, ServerParameter.KIND, server.id) or OK
    if found.value.lower() not in _OFF:
        return OK
    return Fail(
        message=f"Server {server.name} accepts connections without TLS"
        f" (require_secure_transport is {found.value}).",
        evidence=(Evidence(found.id, "properties.value", found.value),),
        related=(found.id,),
    )
