"""A forwarding rule that hands servers' names to a DNS server outside the data."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import Owner, OwnerKind
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    check,
)
from pgtopo.checks.rulesets import server_rules, target_owner
from pgtopo.model.dns import ForwardingRule


@check(
    id="PGT203",
    slug="forwarding-rule-to-unknown-server",
    family=Family.RESOLVER,
    title="Forwarding rule hands servers' names to a DNS server outside Azure",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Enabled rules for servers' names whose target is nothing in the data.",
    why="Whether the server's private name is found then depends on DNS servers on premises. If"
    " those forward the name to Azure again, the query may run in circles.",
    client_sees='could not translate host name "<server>" to address',
    confirm="nslookup <server>.postgres.database.azure.com <target address>",
    fix="Remove the rule and link the zone to the networks instead:\n"
    "az dns-resolver forwarding-rule delete --resource-group <group> --ruleset-name <ruleset>"
    " --name <rule>",
    unknown_when="Never: a target is in the data or not; what it answers is the assumption.",
    sources=(
        "Azure DNS Private Resolver, DNS resolution process:"
        " https://learn.microsoft.com/azure/dns/dns-private-resolver-overview",
    ),
    subject=ForwardingRule,
    over=server_rules,
)
def forwarding_rule_to_unknown_server(facts: Facts, rule: ForwardingRule) -> Outcome:
    """Whether every target of the rule is something in the data."""
    if not rule.is_enabled:
        return NOT_APPLICABLE
    declared = {fact.address.strip() for fact in facts.settings.dns_servers}
    strange = [
        address
        for address in rule.targets
        if _is_outside(target_owner(facts, rule, address)) and address.strip() not in declared
    ]
    if not strange:
        return OK
    return Fail(
        message=f"Rule {rule.name} sends {rule.domain} to {', '.join(strange)}, which nothing in"
        " the data has.",
        certainty=Certainty.LIKELY,
        evidence=(Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),),
        related=(rule.ruleset,),
    )


def _is_outside(owner: Owner) -> bool:
    return owner.kind is OwnerKind.UNKNOWN and not owner.others
