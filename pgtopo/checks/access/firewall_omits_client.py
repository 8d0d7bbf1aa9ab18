"""A public server whose firewall rules leave a client's public address out."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, Wanted, by_client, judged
from pgtopo.checks.pairs import pairs_to
from pgtopo.checks.remedies import pairs
from pgtopo.checks.scope import public_servers
from pgtopo.model.server import FlexibleServer

_WANTED = Wanted(
    stages=(Stage.SERVER_ACCESS,),
    blocked=frozenset({"FIREWALL_RULE_MISSING"}),
    unknown=frozenset(
        {
            *("FIREWALL_RULES_UNSEEN", "EGRESS_UNKNOWN", "EGRESS_PARTLY_ADMITTED"),
            *("PUBLIC_ACCESS_UNKNOWN", "DEFAULT_OUTBOUND_ADDRESS"),
        }
    ),
)


@check(
    id="PGT808",
    slug="firewall-omits-client",
    family=Family.ACCESS,
    title="No firewall rule of the server admits a client's address",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The public address by which each client leaves, from NAT gateways, its own "
    "public address or a firewall, and the firewall rules of the public server it is meant to "
    "reach.",
    why="A public server drops every address that no rule names. It sees the address of the "
    "NAT gateway or firewall, never the private one of the machine.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az postgres flexible-server firewall-rule list --resource-group <group> "
    "--server-name <server>",
    fix="az postgres flexible-server firewall-rule create --resource-group <group> "
    "--server-name <server> --name <rule> --start-ip-address <client's public address> "
    "--end-ip-address <client's public address>",
    unknown_when="The firewall rules were not read, or the client's public address is not known.",
    sources=(
        "Firewall rules: https://learn.microsoft.com/azure/postgresql/flexible-server/"
        "security-firewall-rules",
    ),
    remedy=pairs.open_way,
    subject=FlexibleServer,
    over=public_servers,
)
def firewall_omits_client(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether firewall rules admit the clients' public addresses, one finding per client."""
    return judged(
        facts,
        pairs_to(facts, server),
        _WANTED,
        severity=Severity.ERROR,
        key=by_client,
        cause=lambda _: server.id,
    )
