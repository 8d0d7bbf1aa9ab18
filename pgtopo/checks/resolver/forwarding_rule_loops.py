"""A forwarding rule that sends names back to where they came from."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import forwarding
from pgtopo.checks.rulesets import ambiguous_target, inbound_targets, links_of, server_rules
from pgtopo.model.dns import ForwardingRule, RulesetLink


@check(
    id="PGT201",
    slug="forwarding-rule-loops",
    family=Family.RESOLVER,
    title="Forwarding rule for servers' names loops",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Enabled rules for servers' names whose target is an inbound endpoint, while their"
    " ruleset is linked to the very network of that endpoint.",
    why="A query that arrives at the endpoint is answered as in its network, meets the same ruleset"
    " there and is sent to the endpoint again, until it is dropped.",
    client_sees='could not translate host name "<server>" to address, after a long wait',
    confirm="az dns-resolver vnet-link list --resource-group <group> --ruleset-name <ruleset>"
    " --query '[].virtualNetwork.id'",
    fix="Take the ruleset off the endpoint's own network, which resolves by its zone links:\n"
    "az dns-resolver vnet-link delete --resource-group <group> --ruleset-name <ruleset>"
    " --name <link>",
    unknown_when="The links of the ruleset were not read, or several things have the target's"
    " address.",
    sources=(
        "Azure DNS Private Resolver endpoints and rulesets:"
        " https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    ),
    remedy=forwarding.take_ruleset_off,
    subject=ForwardingRule,
    over=server_rules,
)
def forwarding_rule_loops(facts: Facts, rule: ForwardingRule) -> Outcome:
    """Whether no target lies in a network that uses the ruleset, one finding per target."""
    if not rule.is_enabled:
        return NOT_APPLICABLE
    targets = list(inbound_targets(facts, rule))
    if not targets:
        return ambiguous_target(facts, rule) or OK
    links = {link.network: link for link in links_of(facts, rule.ruleset)}
    found = tuple(
        Fail(
            message=f"Rule {rule.name} sends {rule.domain} to {address}, an inbound endpoint in"
            f" {called(facts, network)}, where ruleset {called(facts, rule.ruleset)} applies too.",
            evidence=(
                Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),
                Evidence(
                    links[network].id,
                    "properties.virtualNetwork.id",
                    facts.topology.display(network),
                ),
            ),
            related=(endpoint, network, rule.ruleset),
            discriminator=address,
            cause=links[network].id,
        )
        for address, endpoint, network in targets
        if network in links
    )
    gap = unread(facts, RulesetLink.KIND, rule.ruleset) or ambiguous_target(facts, rule)
    return found or gap or OK
