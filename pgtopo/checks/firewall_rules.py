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
