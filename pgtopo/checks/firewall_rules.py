"""The firewall rules of a server as the checks read them."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Outcome
from pgtopo.checks.reading import unread
from pgtopo.model.net import MAX_V4, Span
from pgtopo.model.server import FirewallRule, FlexibleServer

EVERYONE = Span(0, MAX_V4)
AZURE = Span(0, 0)
"""Azure reads the rule 0.0.0.0 to 0.0.0.0 as "every source inside Azure"."""


UNKNOWN_WHEN = "The firewall rules of the server were not read."
SOURCES = (
    "Firewall rules in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
    "postgresql/security/security-firewall-rules",
)


def replaced(first: str, last: str, old: str) -> str:
    """The two commands that admit a narrow range, then take a wide rule away."""
    return (
        "az postgres flexible-server firewall-rule create --resource-group <group>"
        " --server-name <server> --name <rule>"
        f" --start-ip-address {first} --end-ip-address {last}\n"
        "az postgres flexible-server firewall-rule delete --resource-group <group>"
        f" --server-name <server> --name {old}"
    )


def each_rule_of(facts: Facts, server: FlexibleServer, span: Span, admits: str) -> tuple[Fail, ...]:
    """One fault for each rule that stands for exactly this range."""
    return tuple(
        Fail(
            message=f"Firewall rule {rule.name} of server {server.name} admits {admits}.",
            evidence=range_of(rule),
            related=(rule.id,),
            discriminator=rule.name,
            cause=rule.id,
        )
        for rule in facts.topology.firewall_rules(server.id)
        if rule.span == span
    )


def is_special(rule: FirewallRule) -> bool:
    """Whether a rule stands for everyone or for all of Azure, not for a range."""
    return rule.span in (EVERYONE, AZURE)


def shown(rule: FirewallRule) -> str:
    """The rule's range in words."""
    return rule.start if rule.start == rule.end else f"{rule.start} to {rule.end}"


def range_of(rule: FirewallRule) -> tuple[Evidence, ...]:
    """The two ends of a rule as evidence."""
    return (
        Evidence(rule.id, "properties.startIpAddress", rule.start or None),
        Evidence(rule.id, "properties.endIpAddress", rule.end or None),
    )


def judged(facts: Facts, server: FlexibleServer, found: tuple[Fail, ...]) -> Outcome:
    """What was found; else fine, if every rule of the server was read."""
    return found or unread(facts, FirewallRule.KIND, server.id) or OK
