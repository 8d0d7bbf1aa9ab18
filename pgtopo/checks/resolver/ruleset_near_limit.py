"""A ruleset that can hardly take further rules or links."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import unread
from pgtopo.checks.rulesets import links_of, rules_of
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset, RulesetLink

_NEAR = 0.9
_MOST_RULES = 1000
_MOST_LINKS = 500


@check(
    id="PGT212",
    slug="ruleset-near-limit",
    family=Family.RESOLVER,
    title="Forwarding ruleset has almost as many rules or links as it may have",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The number of rules (of 1000) and of linked networks (of 500) of every ruleset.",
    why="At the limit the next name or the next network has to go without, and nobody notices until"
    " a client there cannot look up a server.",
    client_sees="Clients of the next network: could not translate host name",
    confirm="az dns-resolver vnet-link list --resource-group <group> --ruleset-name <ruleset>"
    " --query 'length(@)'",
    fix="Make a second ruleset on the same outbound endpoint and link new networks to that one:\n"
    "az dns-resolver forwarding-ruleset create --resource-group <group> --name <new ruleset>"
    " --location <region> --outbound-endpoints '[{id:<outbound endpoint id>}]'",
    unknown_when="Rules or links of the ruleset were not read.",
    sources=(
        "Azure DNS limits: https://learn.microsoft.com/azure/azure-resource-manager/management/"
        "azure-subscription-service-limits",
    ),
    subject=ForwardingRuleset,
)
def ruleset_near_limit(facts: Facts, ruleset: ForwardingRuleset) -> Outcome:
    """Whether a tenth of rules and links is left, one finding each."""
    found = tuple(_faults(facts, ruleset))
    if found:
        return found
    kinds = (ForwardingRule.KIND, RulesetLink.KIND)
    gaps = (unread(facts, kind, ruleset.id) for kind in kinds)
    return next((gap for gap in gaps if gap is not None), OK)


def _faults(facts: Facts, ruleset: ForwardingRuleset) -> Iterator[Fail]:
    counts = (
        ("rules", len(rules_of(facts, ruleset.id)), _MOST_RULES),
        ("links", len(links_of(facts, ruleset.id)), _MOST_LINKS),
    )
    for what, count, most in counts:
        if count >= _NEAR * most:
            yield Fail(
                message=f"Ruleset {ruleset.name} has {count} of {most} {what}.",
                evidence=(Evidence(ruleset.id, "name", ruleset.name),),
                discriminator=what,
            )
