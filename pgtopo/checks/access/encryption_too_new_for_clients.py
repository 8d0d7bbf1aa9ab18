"""A server that takes TLS 1.3 alone while clients are declared or meant to reach it."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import certainty
from pgtopo.checks.pairs import Pair, pairs_to
from pgtopo.checks.reading import unread
from pgtopo.model.server import FlexibleServer, ServerParameter

_NAME = "ssl_min_protocol_version"


@check(
    id="PGT813",
    slug="encryption-too-new-for-clients",
    family=Family.ACCESS,
    title="Server takes TLS 1.3 only, which older clients cannot speak",
    severity=Severity.INFO,
    grading="Info in any case; likely where only the estate shows who the clients are.",
    since="0.1",
    symptoms=(Symptom.TLS,),
    looks_at="The parameter ssl_min_protocol_version of servers that have clients, declared "
    "or shown by the estate.",
    why="TLS 1.3 needs OpenSSL 1.1.1 or a driver of like age. Whatever is older fails in the "
    "handshake, although it reaches the server.",
    client_sees="SSL error: tlsv1 alert protocol version, or unsupported protocol",
    confirm="az postgres flexible-server parameter show --resource-group <group> "
    "--server-name <server> --name ssl_min_protocol_version",
    fix="Bring the clients up to date, or admit TLS 1.2 meanwhile:\n"
    "az postgres flexible-server parameter set --resource-group <group> --server-name <server> "
    "--name ssl_min_protocol_version --value TLSv1.2",
    unknown_when="The server's parameters were not read.",
    sources=(
        "TLS in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/postgresql/"
        "security/security-tls",
    ),
    subject=FlexibleServer,
)
def encryption_too_new_for_clients(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the server's clients must speak TLS 1.3, one finding per declared client."""
    pairs = pairs_to(facts, server)
    if not pairs:
        return NOT_APPLICABLE
    setting = facts.topology.parameter(server.id, _NAME)
    if setting is None:
        return unread(facts, ServerParameter.KIND, server.id) or OK
    if setting.value.lower() != "tlsv1.3":
        return OK
    return tuple(_answers(server, setting, pairs))


def _answers(
    server: FlexibleServer, setting: ServerParameter, pairs: tuple[Pair, ...]
) -> Iterator[Fail]:
    sources = {pair.source: pair for pair in pairs if pair.is_declared}
    networks = {pair.network for pair in pairs if not pair.is_declared}
    for source, pair in sources.items():
        yield _fail(server, setting, pair, f"client {source} of the settings file")
    if networks and not sources:
        word = "network" if len(networks) == 1 else "networks"
        yield _fail(server, setting, pairs[0], f"clients in {len(networks)} {word}")


def _fail(server: FlexibleServer, setting: ServerParameter, pair: Pair, who: str) -> Fail:
    return Fail(
        message=f"Server {server.name} takes TLS 1.3 only ({_NAME} is {setting.value}); {who} must"
        " be able to speak it.",
        certainty=certainty(pair),
        evidence=(Evidence(setting.id, "properties.value", setting.value),),
        related=(pair.network,) if pair.network is not None else (),
        discriminator=pair.source,
    )
