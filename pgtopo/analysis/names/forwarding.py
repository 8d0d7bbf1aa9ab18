"""Where a forwarded query leaves from, and forwarding rules that lead nowhere.

Azure rules: a rule that targets an inbound endpoint loops in the endpoint's own network; Azure DNS
cannot be a target; queries leave through the ruleset's outbound endpoint ("Azure DNS Private
Resolver endpoints and rulesets", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.owners import AZURE_DNS, OwnerKind, owner_of
from pgtopo.analysis.names.say import NO_NAME, blocked, unknown
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset, OutboundEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY
from pgtopo.model.network import Subnet


class ForwardPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a rule's queries leave from, or the answer that spares them the way."""

    part: ClientPart
    answer: DnsAnswer | None = None


_NOWHERE = ClientPart(addresses=EMPTY)


def rule_evidence(rule: ForwardingRule) -> Evidence:
    """The targets of a rule, as the portal shows them."""
    return Evidence(rule.id, "properties.targetDnsServers[].ipAddress", rule.targets)


def forward_place(facts: Facts, network: ArmId, rule: ForwardingRule) -> ForwardPlace:
    """Where the queries of a matching rule leave from.

    Unknown when: the outbound endpoint or its subnet was not read.
    """
    dead = _dead_end(facts, network, rule)
    if dead is not None:
        return ForwardPlace(part=_NOWHERE, answer=dead)
    subnet = _outbound_subnet(facts, rule.ruleset)
    if subnet is None:
        text = (
            f"The outbound endpoint that sends queries of ruleset {called(facts, rule.ruleset)}"
            " was not read."
        )
        settle = f"read {OutboundEndpoint.KIND}"
        evidence = rule_evidence(rule)
        answer = unknown("OUTBOUND_NOT_READ", text, settle, evidence)
        return ForwardPlace(part=_NOWHERE, answer=answer)
    part = ClientPart(
        addresses=subnet.space,
        subnet=subnet.id,
        network=subnet.network,
        is_whole_subnet=True,
    )
    return ForwardPlace(part=part)


def _dead_end(facts: Facts, network: ArmId, rule: ForwardingRule) -> DnsAnswer | None:
    """The answer of a rule that cannot work whatever the way to its target is like."""
    where = called(facts, network)
    sent = f"Rule {rule.name} of ruleset {called(facts, rule.ruleset)}, linked to {where},"
    if not rule.targets:
        text = f"{sent} covers the name but names no DNS server, {NO_NAME}."
        return blocked("RULE_WITHOUT_TARGET", text, rule_evidence(rule))
    first = rule.targets[0].strip()
    if first == AZURE_DNS:
        text = f"{sent} names {AZURE_DNS} as its target, which Azure does not allow."
        settle = "az dns-resolver forwarding-rule show"
        return unknown("RULE_TARGET_INVALID", text, settle, rule_evidence(rule))
    owner = owner_of(facts, first, network)
    if owner.kind is OwnerKind.INBOUND and owner.network == network:
        text = (
            f"{sent} sends the name to inbound endpoint {first} of the same network, which asks"
            f" the same rule again: a loop, {NO_NAME}."
        )
        return blocked("RULE_LOOP", text, rule_evidence(rule))
    return None


def _outbound_subnet(facts: Facts, ruleset_id: ArmId) -> Subnet | None:
    ruleset = facts.topology.get(ForwardingRuleset, ruleset_id)
    for endpoint_id in ruleset.outbound_endpoints if ruleset is not None else ():
        endpoint = facts.topology.get(OutboundEndpoint, endpoint_id)
        subnet = facts.topology.get(Subnet, endpoint.subnet) if endpoint is not None else None
        if subnet is not None:
            return subnet
    return None
