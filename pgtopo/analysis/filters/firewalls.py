"""What an Azure Firewall's network rules do to a flow, and whether it translates the source.

Azure rule: rules of the parent policy come first, then rule collection groups and collections by
priority; the first match decides, and nothing else passes; PostgreSQL is matched by network rules
only ("Configure Azure Firewall rules", Microsoft Learn). Network-rule traffic to private ranges
keeps its source unless the ranges are changed ("Azure Firewall SNAT private IP address ranges").
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.boxes import EPHEMERAL, Box, Decided, Rule, access_of, sweep
from pgtopo.analysis.filters.partition import Raw, partition
from pgtopo.analysis.filters.sides import AddressSide, Match, Pattern, Place, Side, Symbol, match
from pgtopo.analysis.filters.virtual_network_tag import NetworkTag
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.firewall import (
    AzureFirewall,
    FirewallPolicy,
    IpGroup,
    NetworkRule,
    RuleCollection,
    RuleCollectionGroup,
)
from pgtopo.model.ids import TENANT, ArmId
from pgtopo.model.net import ANY_V4, EMPTY, PRIVATE_V4, SpanSet, parse_ports, parse_prefix

NEVER = "0.0.0.0/0"
ALWAYS = "255.255.255.255/32"
_NOWHERE = Place(network=TENANT, tag=NetworkTag(ranges=EMPTY))


class FirewallAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a firewall does to a share of a flow."""

    labels: tuple[str, ...]
    """`allow`, `deny`, or both where it is open; empty where its rules were not read."""
    rule: str = ""
    evidence: Evidence | None = None
    symbols: tuple[Symbol, ...] = ()


class OrderedRule(msgspec.Struct, frozen=True, kw_only=True):
    """One network rule at its place in the order of evaluation."""

    rule: NetworkRule
    access: str
    owner: ArmId
    """The group or firewall that holds it."""


def firewall_answers(
    facts: Facts, firewall_id: ArmId, source: AddressSide, destination: Side, service: str
) -> list[tuple[SpanSet, FirewallAnswer]]:
    """The sources split by what a firewall does; `service` is `tcp/5432` or the like."""
    rules = facts.once("firewall rules", firewall_id, lambda: ordered_rules(facts, firewall_id))
    silent = _rule_place(facts, firewall_id)
    if rules is None:
        return [(source.addresses, FirewallAnswer(labels=(), evidence=silent))]
    decided = _decided(facts, rules, source, destination, service)
    parts = partition(decided, access_of, by_source=True)
    return [(part, _answer(silent, rules, raw)) for part, raw in parts]


def _rule_place(facts: Facts, firewall_id: ArmId) -> Evidence:
    """Where a rule would have to stand that lets something through."""
    firewall = facts.topology.get(AzureFirewall, firewall_id)
    if firewall is not None and firewall.policy is not None:
        return Evidence(firewall.policy, "properties.ruleCollectionGroups", value=None)
    return Evidence(firewall_id, "properties.networkRuleCollections", value=None)


def _decided(
    facts: Facts, rules: list[OrderedRule], source: AddressSide, destination: Side, service: str
) -> list[Decided]:
    protocol, _, port = service.partition("/")
    apt = [
        Rule(index=i, priority=i, access=one.access)
        for i, one in enumerate(rules)
        if _carries(one.rule, protocol, int(port))
    ]

    def matcher(rule: Rule) -> tuple[Match, Match] | None:
        held = rules[rule.index].rule
        sender = _matched(facts, held.sources, held.source_groups, source)
        wanted = _destination(facts, held, destination) if sender else None
        return (sender, wanted) if wanted else None

    whole = Box(source.addresses, destination.whole, EPHEMERAL, frozenset())
    return sweep(apt, whole, matcher)


class FirewallTable:
    """Everything a firewall does on one service, to be asked for one destination after another."""

    def __init__(self, facts: Facts, firewall_id: ArmId, service: str) -> None:
        self._silent = _rule_place(facts, firewall_id)
        self._rules = ordered_rules(facts, firewall_id)
        self._decided: list[Decided] = []
        if self._rules is not None:
            everyone = AddressSide(addresses=ANY_V4)
            self._decided = _decided(facts, self._rules, everyone, everyone, service)

    def answers(self, destination: SpanSet) -> list[tuple[SpanSet, FirewallAnswer]]:
        """All senders split by what becomes of their packets for some addresses."""
        if self._rules is None:
            return [(ANY_V4, FirewallAnswer(labels=()))]
        near = [
            Decided(one.box._replace(destination=common), one.rule)
            for one in self._decided
            if (common := one.box.destination & destination)
        ]
        parts = partition(near, access_of, by_source=True)
        return [(part, _answer(self._silent, self._rules, raw)) for part, raw in parts]


def _answer(silent: Evidence, rules: list[OrderedRule], raw: Raw) -> FirewallAnswer:
    labels = tuple(sorted({"deny" if label == "none" else label for label in raw.labels}))
    if raw.rule is None:
        return FirewallAnswer(labels=labels, evidence=silent, symbols=raw.symbols)
    held = rules[raw.rule]
    seen = Evidence(held.owner, f"properties.ruleCollections/{held.rule.name}", held.access)
    return FirewallAnswer(labels=labels, rule=held.rule.name, evidence=seen, symbols=raw.symbols)


def _carries(rule: NetworkRule, protocol: str, port: int) -> bool:
    words = {p.lower() for p in rule.protocols}
    if words and not words & {protocol, "any", "*"}:
        return False
    spans = [parse_ports(text) for text in rule.ports]
    return not spans or any(s.low <= port <= s.high for s in spans if s is not None)


def _matched(facts: Facts, texts: tuple[str, ...], groups: tuple[ArmId, ...], side: Side) -> Match:
    words = list(texts)
    unread: list[tuple[Symbol, SpanSet]] = []
    for group_id in groups:
        group = facts.topology.get(IpGroup, group_id)
        if group is None:
            unread.append((Symbol("APPLIANCE_RULES", group_id), side.whole))
        else:
            words += group.addresses
    found = match(facts, _pattern(words), side, _NOWHERE)
    more = tuple((s, rest) for s, part in unread if (rest := part - found.certain))
    return Match(certain=found.certain, open=found.open + more)


def _destination(facts: Facts, rule: NetworkRule, side: Side) -> Match:
    found = _matched(facts, rule.destinations, rule.destination_groups, side)
    if not rule.destination_fqdns:
        return found
    names = Symbol("APPLIANCE_RULES", "|".join(rule.destination_fqdns))
    rest = side.whole - found.certain
    return Match(certain=found.certain, open=(*found.open, (names, rest)) if rest else found.open)


def _pattern(words: list[str]) -> Pattern:
    spans: list[tuple[int, int]] = []
    tags: list[str] = []
    for word in words:
        span = parse_prefix(word)
        if span is not None:
            spans.append(span)
        elif word.strip() != "*":
            tags.append(word.strip().lower())
    return Pattern(spans=SpanSet(spans), is_any="*" in words, tags=tuple(tags))


def ordered_rules(facts: Facts, firewall_id: ArmId) -> list[OrderedRule] | None:
    """The network rules of a firewall in order; None where some of them were not read."""
    firewall = facts.topology.get(AzureFirewall, firewall_id)
    if firewall is None:
        return None
    if firewall.policy is None:
        classic = firewall.collections
        return _from_collections(firewall.id, classic) if _are_told(classic) else None
    chain = policy_chain(facts, firewall.policy)
    if chain is None:
        return None
    rules: list[OrderedRule] = []
    for policy in chain:
        groups = _groups(facts, policy)
        if groups is None or not all(_are_told(group.collections) for group in groups):
            return None
        for group in groups:
            rules += _from_collections(group.id, group.collections)
    return rules


def policy_chain(facts: Facts, policy_id: ArmId) -> list[FirewallPolicy] | None:
    """A policy with its parents, the outermost first; None where one is unread or in a circle."""
    chain: list[FirewallPolicy] = []
    at: ArmId | None = policy_id
    while at is not None and len(chain) < 4:
        policy = facts.topology.get(FirewallPolicy, at)
        if policy is None or policy in chain:
            return None
        chain.insert(0, policy)
        at = policy.base
    return chain if at is None else None


def _groups(facts: Facts, policy: FirewallPolicy) -> list[RuleCollectionGroup] | None:
    by_policy = facts.topology.index(
        "rule groups", RuleCollectionGroup, lambda group: (group.policy,)
    )
    held = by_policy.get(policy.id, [])
    missing = set(policy.groups) - {group.id for group in held}
    is_read = facts.topology.coverage.is_read(RuleCollectionGroup.KIND, policy.id)
    if missing or not (is_read or held):
        return None
    return sorted(held, key=lambda group: (group.priority, group.id))


def _are_told(collections: tuple[RuleCollection, ...]) -> bool:
    """Whether all say what they do; one that does not was not read, and may do anything."""
    return all(collection.action for collection in collections)


def _from_collections(owner: ArmId, collections: tuple[RuleCollection, ...]) -> list[OrderedRule]:
    return [
        OrderedRule(rule=rule, access=collection.action.lower(), owner=owner)
        for collection in sorted(collections, key=lambda c: (c.priority, c.name))
        if collection.action.lower() in ("allow", "deny")
        for rule in collection.network_rules
    ]


def translates(facts: Facts, firewall_id: ArmId, destination: SpanSet) -> bool | None:
    """Whether a firewall replaces the source of packets to these addresses.

    Unknown when: None is returned where its policy was not read, or only some of them are.
    """
    firewall = facts.topology.get(AzureFirewall, firewall_id)
    if firewall is None:
        return None
    ranges = firewall.snat_private_ranges
    if firewall.policy is not None:
        policy = facts.topology.get(FirewallPolicy, firewall.policy)
        if policy is None:
            return None
        ranges = policy.snat_private_ranges
    kept = _kept(ranges)
    if destination <= kept:
        return False
    return None if destination.overlaps(kept) else True


def _kept(ranges: tuple[str, ...] | None) -> SpanSet:
    """Destinations whose packets keep their source."""
    if not ranges:
        return PRIVATE_V4
    words = {text.strip().lower() for text in ranges}
    if ALWAYS in words:
        return EMPTY
    spans = [s for s in map(parse_prefix, words) if s is not None]
    named = PRIVATE_V4 if "ianaprivateranges" in words else EMPTY
    return SpanSet(spans) | named
