"""Forwarding rules that concern the names of servers."""

import shlex
from collections.abc import Iterator

from pgtopo.analysis.clients.parts import is_client_subnet
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import Owner, OwnerKind, owner_of
from pgtopo.analysis.servers.cloud import SUFFIXES
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import Unknown
from pgtopo.model.dns import (
    ForwardingRule,
    ForwardingRuleset,
    InboundEndpoint,
    OutboundEndpoint,
    RulesetLink,
)
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import SpanSet, union
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer
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


def target_owner(facts: Facts, rule: ForwardingRule, address: str) -> Owner:
    """Who holds a target of a rule, as seen from where the ruleset sends its queries."""
    return owner_of(facts, address, _origin(facts, rule))


def _origin(facts: Facts, rule: ForwardingRule) -> ArmId | None:
    ruleset = ruleset_of(facts, rule)
    for endpoint_id in ruleset.outbound_endpoints if ruleset is not None else ():
        endpoint = facts.topology.get(OutboundEndpoint, endpoint_id)
        if endpoint is not None and endpoint.subnet is not None:
            return ancestor(endpoint.subnet, "virtualnetworks")
    return None


def ambiguous_target(facts: Facts, rule: ForwardingRule) -> Unknown | None:
    """An Unknown where several things hold a target and none of them is nearer; None elsewhere."""
    for address in rule.targets:
        others = target_owner(facts, rule, address).others
        if others:
            return Unknown(
                message=f"Rule {rule.name} sends {rule.domain} to {address}, which {others} things"
                " in the data have; which of them is meant cannot be told.",
                settle_with=f"nslookup <server>.postgres.database.azure.com {shlex.quote(address)}",
                evidence=(Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),),
                related=(rule.ruleset,),
            )
    return None


def inbound_targets(facts: Facts, rule: ForwardingRule) -> Iterator[tuple[str, ArmId, ArmId]]:
    """Targets of a rule that are inbound endpoints: address, endpoint, the endpoint's network."""
    for address in rule.targets:
        owner = target_owner(facts, rule, address)
        if owner.kind is OwnerKind.INBOUND and owner.resource and owner.network:
            yield address, owner.resource, owner.network


def captured_servers(facts: Facts, rule: ForwardingRule) -> list[FlexibleServer]:
    """The servers whose public name a rule covers."""
    domain, servers = rule.domain, facts.topology.all(FlexibleServer)
    return [s for s in servers if s.fqdn == domain or s.fqdn.endswith("." + domain)]


def captured_zones(facts: Facts, rule: ForwardingRule) -> set[ArmId]:
    """The zones of the injected servers whose names a rule captures."""
    held = captured_servers(facts, rule)
    return {server.zone for server in held if server.zone and server.subnet}


def client_space(facts: Facts, network: VirtualNetwork) -> SpanSet:
    """Where the machines of a network are: its client subnets, all of it where none is known."""
    held = facts.topology.subnets_of(network.id)
    return union(s.space for s in held if is_client_subnet(s)) or network.space


def inbound_endpoint(facts: Facts, endpoint: ArmId) -> InboundEndpoint | None:
    """An inbound endpoint by its id."""
    return facts.topology.get(InboundEndpoint, endpoint)
