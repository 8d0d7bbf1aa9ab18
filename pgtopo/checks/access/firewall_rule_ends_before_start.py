"""A firewall rule whose last address lies before its first."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.firewall_rules import range_of, shown
from pgtopo.checks.reading import settle, unread
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.net import parse_address
from pgtopo.model.server import FirewallRule, FlexibleServer


@check(
    id="PGT806",
    slug="firewall-rule-ends-before-start",
    family=Family.ACCESS,
    title="Firewall rule ends before it starts",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The two addresses of each firewall rule of servers with public access.",
    why="A range from a higher to a lower address holds no address at all, so the rule admits"
    " nobody.",
    client_sees='connection to server at "<server>", port 5432 failed: Connection timed out',
    confirm="az postgres flexible-server firewall-rule show --resource-group <group>"
    " --server-name <server> --name <rule>",
    fix="az postgres flexible-server firewall-rule update --resource-group <group>"
    " --server-name <server> --name <rule>"
    " --start-ip-address <lower address> --end-ip-address <higher address>",
    unknown_when="The firewall rules of the server were not read, or a rule holds a text that is"
    " not an IPv4 address (rules know IPv4 only).",
    sources=(
        "Firewall rules in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/security/security-firewall-rules",
    ),
    remedy=servers.mend_reversed_rule,
    subject=FlexibleServer,
    over=admitting_servers,
)
def firewall_rule_ends_before_start(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether each rule's range runs upwards, one answer per rule that does not."""
    rules = facts.topology.firewall_rules(server.id)
    found = tuple(_judged(facts, server, rule) for rule in rules if rule.span is None)
    return found or unread(facts, FirewallRule.KIND, server.id) or OK


def _judged(facts: Facts, server: FlexibleServer, rule: FirewallRule) -> Fail | Unknown:
    if parse_address(rule.start) is None or parse_address(rule.end) is None:
        return Unknown(
            message=f"Firewall rule {rule.name} of server {server.name} does not hold two IPv4"
            f" addresses ({shown(rule)}).",
            settle_with=settle(facts, FirewallRule.KIND, server.id),
            evidence=range_of(rule),
            related=(rule.id,),
            discriminator=rule.name,
        )
    return Fail(
        message=f"Firewall rule {rule.name} of server {server.name} runs from {shown(rule)},"
        " which holds no address.",
        evidence=range_of(rule),
        related=(rule.id,),
        discriminator=rule.name,
        cause=rule.id,
    )
