"""TLS versions of a server bounded too low, or bounded above."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import servers
from pgtopo.model.server import FlexibleServer, ServerParameter

_MINIMUM = "ssl_min_protocol_version"
_MAXIMUM = "ssl_max_protocol_version"
_OLD = ("tlsv1", "tlsv1.0", "tlsv1.1", "sslv3")


@check(
    id="PGT812",
    slug="encryption-version-badly-bounded",
    family=Family.ACCESS,
    title="TLS versions of a server are bounded too low, or from above",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TLS,),
    looks_at="The server parameters ssl_min_protocol_version (below TLSv1.2) and"
    " ssl_max_protocol_version (set at all).",
    why="TLS 1.0 and 1.1 are refused by the service whatever the minimum says, so a lower one only"
    " misleads. An upper bound locks clients out when the service moves on to newer versions.",
    client_sees="SSL error: tlsv1 alert protocol version, or unsupported protocol",
    confirm="az postgres flexible-server parameter list --resource-group <group>"
    " --server-name <server> --query \"[?contains(name,'protocol_version')].[name,value]\"",
    fix="az postgres flexible-server parameter set --resource-group <group>"
    " --server-name <server> --name ssl_min_protocol_version --value TLSv1.2\n"
    "az postgres flexible-server parameter set --resource-group <group>"
    " --server-name <server> --name ssl_max_protocol_version --value ''",
    unknown_when="The server's parameters were not read.",
    sources=(
        "TLS in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/postgresql/"
        "security/security-tls",
    ),
    remedy=servers.bound_encryption,
    subject=FlexibleServer,
)
def encryption_version_badly_bounded(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the minimum is at least 1.2 and no maximum is set."""
    found = tuple(_bounds(facts, server))
    return found or unread(facts, ServerParameter.KIND, server.id) or OK


def _bounds(facts: Facts, server: FlexibleServer) -> Iterator[Fail]:
    low = facts.topology.parameter(server.id, _MINIMUM)
    if low is not None and low.value.lower() in _OLD:
        yield _fail(server, low, f"allows {low.value}, which is below TLSv1.2")
    high = facts.topology.parameter(server.id, _MAXIMUM)
    if high is not None and high.value:
        yield _fail(server, high, f"ends at {high.value}")


def _fail(server: FlexibleServer, parameter: ServerParameter, what: str) -> Fail:
    return Fail(
        message=f"Server {server.name}: {parameter.name} {what}.",
        evidence=(Evidence(parameter.id, "properties.value", parameter.value),),
        related=(parameter.id,),
        discriminator=parameter.name,
    )
