"""A firewall rule whose range another rule admits already."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Fail, Family, Outcome, Severity, check
from pgtopo.checks.firewall_rules import AZURE, judged, range_of, shown
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import admitting_servers
from pgtopo.model.net import Span
from pgtopo.model.server import FirewallRule, FlexibleServer


@check(
    id="PGT815",
    slug="firewall-rule-redundant",
    family=Family.ACCESS,
    title="Firewall rule lies inside another one",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="The ranges of a server's firewall rules against one another.",
    why="The inner rule changes nothing. Whoever deletes it to lock a client out is mistaken, and"
    " the list is longer than it needs to be.",
    client_sees="Nothing.",
    confirm="az postgres flexible-server firewall-rule list --resource-group <group>"
    " --server-name <server> --output table",
    fix="Delete the inner rule, or narrow the outer one if the inner is what was meant:\n"
    "az postgres flexible-server firewall-rule delete --resource-group <group>"
    " --server-name <server> --name <inner rule>",
    unknown_when="The firewall rules of the server were not read.",
    sources=(
        "Firewall rules in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/security/security-firewall-rules",
    ),
    remedy=servers.drop_rule,
    subject=FlexibleServer,
    over=admitting_servers,
)
def firewall_rule_redundant(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether each rule admits something that no single other rule does."""
    rules = facts.topology.firewall_rules(server.id)
    found = tuple(
        Fail(
            message=f"Firewall rule {inner.name} of server {server.name} ({shown(inner)}) lies"
            f" inside rule {outer.name} ({shown(outer)}).",
            evidence=(*range_of(inner), *range_of(outer)),
            related=(inner.id, outer.id),
            discriminator=inner.name,
            cause=inner.id,
        )
        for inner, outer in _covered(rules)
    )
    return judged(facts, server, found)


def _covered(rules: list[FirewallRule]) -> Iterator[tuple[FirewallRule, FirewallRule]]:
    """(inner, outer) pairs; of equal ranges the later name is the inner one."""
    ranges = [(rule.span, rule) for rule in rules if rule.span is not None]
    ordered = sorted(ranges, key=lambda one: (one[0].low, -one[0].high, one[1].name))
    widest: tuple[Span, FirewallRule] | None = None
    for span, rule in ordered:
        if span == AZURE:
            continue
        if widest is not None and span.high <= widest[0].high:
            yield rule, widest[1]
        else:
            widest = (span, rule)
