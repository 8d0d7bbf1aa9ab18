"""Forwarding rules that concern the names of servers."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.servers.cloud import SUFFIXES
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset, InboundEndpoint, RulesetLink
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology

_RESERVED = ("azure.com", "azure.net", "usgovcloudapi.net", "chinacloudapi.cn")


def captures_servers(domain: str) -> bool:
    """Whether a rule's domain lies over or below the names of servers.

    Azure rule: the wildcard rule and rules for Azure's own top domains skip Azure's names ("Azure
    DNS Private Resolver endpoints and rulesets").
    """
    if not domain or domain in _RESERVED:
        return False
    return any(
        suffix == domain or suffix.endswith("." + domain) or domain.endswith("." + suffix)
        for suffix in SUFFIXES.values()
    )


def server_rules(topology: Topology) -> Iterator[ForwardingRule]:
    """The rules whose domain concerns servers' names."""
    return (rule for rule in topology.all(ForwardingRule) if captures_servers(rule.domain))


def rules_of(facts: Facts, ruleset: ArmId) -> list[ForwardingRule]:
    """The rules of a ruleset."""
    held = facts.topology.index("rules of rulesets", ForwardingRule, lambda r: (r.ruleset,))
    return held.get(ruleset, [])


def links_of(facts: Facts, ruleset: ArmId) -> list[RulesetLink]:
    """The networks that use a ruleset."""
    held = facts.topology.index("links of rulesets", RulesetLink, lambda k: (k.ruleset,))
    return held.get(ruleset, [])


def ruleset_of(facts: Facts, rule: ForwardingRule | RulesetLink) -> ForwardingRuleset | None:
    """The ruleset a rule or link belongs to."""
    return facts.topology.get(ForwardingRuleset, rule.ruleset)


def inbound_targets(facts: Facts, rule: ForwardingRule) -> Iterator[tuple[str, ArmId, ArmId]]:
    """Targets of a rule that are inbound endpoints: address, endpoint, the endpoint's network."""
    for address in rule.targets:
        owner = owner_of(facts, address, None)
        if owner.kind is OwnerKind.INBOUND and owner.resource and owner.network:
            yield address, owner.resource, owner.network


def inbound_endpoint(facts: Facts, endpoint: ArmId) -> InboundEndpoint | None:
    """An inbound endpoint by its id."""
    return facts.topology.get(InboundEndpoint, endpoint)
