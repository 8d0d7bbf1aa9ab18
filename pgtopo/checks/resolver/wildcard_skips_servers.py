"""A ruleset whose only rule skips the names of servers."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import unread
from pgtopo.checks.rulesets import rules_of
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset


@check(
    id="PGT209",
    slug="wildcard-skips-servers",
    family=Family.RESOLVER,
    title="Ruleset has only a wildcard rule, which skips servers' names",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Rulesets whose only enabled rule is the one for every name (a single dot).",
    why="That rule leaves Azure's own domains out, the names of flexible servers among them. They"
    " are looked up by Azure DNS, whatever the rule's target knows.",
    client_sees="An answer of Azure DNS where one of the rule's target was expected.",
    confirm="az dns-resolver forwarding-rule list --resource-group <group>"
    " --ruleset-name <ruleset> --query '[].[domainName,forwardingRuleState]'",
    fix="If the target should answer for servers, say so in a rule of its own:\n"
    "az dns-resolver forwarding-rule create --resource-group <group> --ruleset-name <ruleset>"
    " --name postgres --domain-name postgres.database.azure.com."
    " --target-dns-servers '[{ip-address:<target address>,port:53}]'",
    unknown_when="The rules of the ruleset were not read.",
    sources=(
        "Azure DNS Private Resolver endpoints and rulesets:"
        " https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    ),
    subject=ForwardingRuleset,
)
def wildcard_skips_servers(facts: Facts, ruleset: ForwardingRuleset) -> Outcome:
    """Whether some rule beside the wildcard is in force."""
    enabled = [rule for rule in rules_of(facts, ruleset.id) if rule.is_enabled]
    if not enabled:
        return unread(facts, ForwardingRule.KIND, ruleset.id) or OK
    if len(enabled) > 1 or enabled[0].domain:
        return OK
    missing = unread(facts, ForwardingRule.KIND, ruleset.id)
    return missing or Fail(
        message=f"Ruleset {ruleset.name} has only the wildcard rule {enabled[0].name}, which skips"
        " the names of servers.",
        certainty=Certainty.LIKELY,
        evidence=(Evidence(enabled[0].id, "properties.domainName", "."),),
        related=(enabled[0].id,),
    )
