"""A firewall rule for addresses that never reach a public server."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.firewall_rules import judged, range_of, shown
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.net import PRIVATE_V4, SpanSet
from pgtopo.model.server import FirewallRule, FlexibleServer

_NEVER_SEEN = PRIVATE_V4 | SpanSet.of(0xA9FE0000, 0xA9FEFFFF)


@check(
    id="PGT805",
    slug="firewall-rule-with-private-range",
    family=Family.ACCESS,
    title="Firewall rule names private addresses",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Firewall rules of servers with public access whose whole range is private"
    " (RFC 1918, 100.64.0.0/10) or link-local.",
    why="A public server sees the public address that a client leaves its network with, never the"
    " private one. The rule admits nobody, and whoever wrote it thinks that it does.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az postgres flexible-server firewall-rule list --resource-group <group>"
    " --server-name <server> --output table",
    fix="Find the client's public address (NAT gateway, firewall or its own) and admit that:\n"
    "az postgres flexible-server firewall-rule update --resource-group <group>"
    " --server-name <server> --name <rule>"
    " --start-ip-address <public address> --end-ip-address <public address>",
    unknown_when="The firewall rules of the server were not read.",
    sources=(
        "Networking overview with public access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-public",
    ),
    remedy=servers.drop_rule,
    subject=FlexibleServer,
    over=admitting_servers,
)
def firewall_rule_with_private_range(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether a rule's range is private as a whole, one finding per rule."""
    found = tuple(
        Fail(
            message=f"Firewall rule {rule.name} of server {server.name} admits {shown(rule)},"
            " private addresses that a public server never sees.",
            evidence=range_of(rule),
            related=(rule.id,),
            discriminator=rule.name,
            cause=rule.id,
        )
        for rule in facts.topology.firewall_rules(server.id)
        if _is_never_seen(rule)
    )
    return judged(facts, server, found)


def _is_never_seen(rule: FirewallRule) -> bool:
    return rule.span is not None and SpanSet((rule.span,)) <= _NEVER_SEEN
