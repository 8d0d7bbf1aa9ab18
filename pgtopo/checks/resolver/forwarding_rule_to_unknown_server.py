"""A forwarding rule that hands servers' names to a DNS server outside the data."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import Owner, OwnerKind
from pgtopo.analysis.seen import may_be_more
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import settle, unread
from pgtopo.checks.rulesets import (
    captured_servers,
    captured_zones,
    links_of,
    server_rules,
    target_owner,
)
from pgtopo.model.dns import ForwardingRule, InboundEndpoint, RulesetLink
from pgtopo.model.ids import ArmId


@check(
    id="PGT203",
    slug="forwarding-rule-to-unknown-server",
    family=Family.RESOLVER,
    title="Forwarding rule hands servers' names to a DNS server outside Azure",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Enabled rules for servers' names whose target is nothing in the data, in rulesets"
    " that a network uses which is not linked to those servers' zones.",
    why="Whether the server's private name is found then depends on DNS servers on premises. If"
    " those forward the name to Azure again, the query may run in circles.",
    client_sees='could not translate host name "<server>" to address',
    confirm="nslookup <server>.postgres.database.azure.com <target address>",
    fix="Remove the rule and link the zone to the networks instead:\n"
    "az dns-resolver forwarding-rule delete --resource-group <group> --ruleset-name <ruleset>"
    " --name <rule>",
    unknown_when="No network is seen to use the ruleset, and its links were not read. Or inbound"
    " endpoints were not read, of which the target may be one.",
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
    if not strange or not captured_servers(facts, rule):
        return OK
    networks = [link.network for link in links_of(facts, rule.ruleset) if link.network]
    blind = next((n for n in networks if not _sees_all(facts, rule, n)), None)
    if blind is None:
        return _gap(facts, rule, networks) or OK
    if may_be_more(facts, InboundEndpoint.KIND, rule.id):
        return _open(facts, rule, strange)
    return Fail(
        message=f"Rule {rule.name} sends {rule.domain} to {', '.join(strange)}, which nothing in"
        f" the data has, for {called(facts, blind)}, which is not linked to the servers' zones.",
        certainty=Certainty.LIKELY,
        evidence=(Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),),
        related=(rule.ruleset, blind),
    )


def _open(facts: Facts, rule: ForwardingRule, strange: list[str]) -> Unknown:
    """An Unknown where a target may be an inbound endpoint that was not read."""
    return Unknown(
        message=f"Rule {rule.name} sends {rule.domain} to {', '.join(strange)}; whether that is an"
        " inbound endpoint is not known, they were not all read.",
        settle_with=settle(facts, InboundEndpoint.KIND, rule.id),
        evidence=(Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),),
        related=(rule.ruleset,),
    )


def _sees_all(facts: Facts, rule: ForwardingRule, network: ArmId) -> bool:
    """Whether a network has the zones of all captured servers: zones come before rules."""
    zones = captured_zones(facts, rule)
    return bool(zones) and zones <= {k.zone for k in facts.topology.links_of_network(network)}


def _gap(facts: Facts, rule: ForwardingRule, networks: list[ArmId]) -> Unknown | None:
    """An Unknown where no network is seen to use the rule, and links were not read."""
    return None if networks else unread(facts, RulesetLink.KIND, rule.ruleset)


def _is_outside(owner: Owner) -> bool:
    return owner.kind is OwnerKind.UNKNOWN and not owner.others
