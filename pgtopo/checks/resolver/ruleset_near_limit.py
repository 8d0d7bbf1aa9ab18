"""A ruleset that can hardly take further rules or links."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
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
    told = tuple(
        answer for kind in _COUNTED if (answer := _judged(facts, ruleset, *kind)) is not None
    )
    return told or OK


_COUNTED = (
    ("rules", "forwardingRules", ForwardingRule.KIND, _MOST_RULES),
    ("links", "virtualNetworkLinks", RulesetLink.KIND, _MOST_LINKS),
)
"""What has a limit: the word, its collection below the ruleset, its kind, how many there may be."""


def _judged(
    facts: Facts, ruleset: ForwardingRuleset, what: str, collection: str, kind: str, most: int
) -> Fail | Unknown | None:
    """What follows from the rows of one kind; those that were read count although others were not.

    Azure rule: a ruleset states neither number itself; its rules and links are resources of their
    own below it ("Azure DNS Private Resolver endpoints and rulesets", Microsoft Learn).
    """
    rows = rules_of(facts, ruleset.id) if what == "rules" else links_of(facts, ruleset.id)
    count = len(rows)
    if count >= _NEAR * most:
        return Fail(
            message=f"Ruleset {ruleset.name} has {count} of {most} {what}.",
            evidence=(Evidence(ruleset.id, collection, count),),
            discriminator=what,
        )
    gap = unread(facts, kind, ruleset.id)
    return msgspec.structs.replace(gap, discriminator=what) if gap is not None else None
