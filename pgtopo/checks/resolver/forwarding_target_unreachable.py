"""A forwarding rule whose target cannot be reached from the resolver."""

import shlex
from collections.abc import Iterator

from pgtopo.analysis.clients.parts import subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import owner_of
from pgtopo.analysis.names.server_path import reach
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import not_visible
from pgtopo.checks.rulesets import ruleset_of, server_rules
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset, OutboundEndpoint
from pgtopo.model.network import Subnet


@check(
    id="PGT210",
    slug="forwarding-target-unreachable",
    family=Family.RESOLVER,
    title="Target of a forwarding rule cannot be reached from the resolver",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The way of UDP 53 from the outbound endpoint's subnet to each target of the enabled"
    " rules for servers' names: NSGs, routes and peerings.",
    why="The resolver sends the query from its outbound endpoint. Where no packet gets through, the"
    " name fails for every network that uses the ruleset.",
    client_sees="could not translate host name, after a long wait",
    confirm="az dns-resolver forwarding-rule show --resource-group <group>"
    " --ruleset-name <ruleset> --name <rule> --query targetDnsServers",
    fix="Open UDP and TCP 53 from the outbound subnet to the target, and give it a route there:\n"
    "az network nsg rule create --resource-group <group> --nsg-name <nsg> --name allow-dns"
    " --priority <number below the denying rule> --direction Outbound --access Allow"
    " --protocol '*' --source-address-prefixes <outbound subnet range>"
    " --destination-address-prefixes <target address> --destination-port-ranges 53",
    unknown_when="The ruleset, its outbound endpoint or something on the way is not in the data.",
    sources=(
        "Azure DNS Private Resolver endpoints and rulesets:"
        " https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    ),
    subject=ForwardingRule,
    over=server_rules,
)
def forwarding_target_unreachable(facts: Facts, rule: ForwardingRule) -> Outcome:
    """Whether every target of the rule can be reached, one answer per target that cannot."""
    if not rule.is_enabled or not rule.targets:
        return NOT_APPLICABLE
    ruleset = ruleset_of(facts, rule)
    if ruleset is None:
        return not_visible(facts, ForwardingRuleset.KIND, rule.ruleset)
    for endpoint_id in ruleset.outbound_endpoints[:1]:
        endpoint = facts.topology.get(OutboundEndpoint, endpoint_id)
        subnet = facts.topology.get(Subnet, endpoint.subnet) if endpoint else None
        if subnet is None:
            wanted = endpoint.subnet if endpoint and endpoint.subnet else endpoint_id
            kind = Subnet.KIND if endpoint else OutboundEndpoint.KIND
            return not_visible(facts, kind, wanted)
        return tuple(_answers(facts, rule, subnet)) or OK
    return NOT_APPLICABLE


def _answers(facts: Facts, rule: ForwardingRule, subnet: Subnet) -> Iterator[Fail | Unknown]:
    for address in dict.fromkeys(rule.targets):
        owner = owner_of(facts, address, subnet.network)
        way = reach(facts, subnet_part(subnet), address, owner)
        said = f"Rule {rule.name} sends {rule.domain} to {address}"
        if way.verdict is Verdict.BLOCKED:
            yield Fail(
                message=f"{said}, which {called(facts, subnet.id)} cannot reach: {way.text}",
                evidence=(
                    way.decided_by
                    or Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),
                ),
                related=(subnet.id, rule.ruleset),
                discriminator=address,
            )
        elif way.verdict is not Verdict.ALLOWED:
            settles = [assumption.settle_with for assumption in way.assumptions]
            yield Unknown(
                message=f"{said}; whether {called(facts, subnet.id)} reaches it is open:"
                f" {way.text}",
                settle_with=next(filter(None, settles), f"nslookup <name> {shlex.quote(address)}"),
                related=(subnet.id, rule.ruleset),
                discriminator=address,
            )
