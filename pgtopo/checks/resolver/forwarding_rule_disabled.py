"""A forwarding rule for servers' names that is switched off."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.remedies import subnets
from pgtopo.checks.rulesets import server_rules
from pgtopo.model.dns import ForwardingRule


@check(
    id="PGT204",
    slug="forwarding-rule-disabled",
    family=Family.RESOLVER,
    title="Forwarding rule for servers' names is disabled",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The state of forwarding rules whose domain covers the names of servers.",
    why="A disabled rule is as good as none: the query goes to the next best rule, or out.",
    client_sees='could not translate host name "<server>" to address, where the rule was meant',
    confirm="az dns-resolver forwarding-rule show --resource-group <group>"
    " --ruleset-name <ruleset> --name <rule> --query forwardingRuleState",
    fix="az dns-resolver forwarding-rule update --resource-group <group>"
    " --ruleset-name <ruleset> --name <rule> --forwarding-rule-state Enabled",
    unknown_when="Never: a rule that does not state it is enabled.",
    sources=(
        "Azure DNS Private Resolver endpoints and rulesets:"
        " https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    ),
    remedy=subnets.enable_forwarding,
    subject=ForwardingRule,
    over=server_rules,
)
def forwarding_rule_disabled(facts: Facts, rule: ForwardingRule) -> Outcome:
    """Whether the rule is in force."""
    if rule.is_enabled:
        return OK
    return Fail(
        message=f"Rule {rule.name} for {rule.domain} in ruleset {called(facts, rule.ruleset)} is"
        " disabled.",
        evidence=(Evidence(rule.id, "properties.forwardingRuleState", "Disabled"),),
        related=(rule.ruleset,),
    )
