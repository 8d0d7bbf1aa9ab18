"""What a network security group decides, for whole sets of addresses at once.

Azure rule: rules are tried in order of priority and the first that matches decides; three default
rules per direction come last; only the packet that opens a connection is judged ("Network
security groups", Microsoft Learn).
"""

from enum import Enum

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.boxes import EPHEMERAL, Box, Rule, access_of, sweep, whole_by_one
from pgtopo.analysis.filters.partition import Raw, partition
from pgtopo.analysis.filters.rule_patterns import CompiledRule, compile_security_rule
from pgtopo.analysis.filters.service_rules import service_rules
from pgtopo.analysis.filters.sides import Match, Place, Side, Symbol, match
from pgtopo.analysis.verdict import Assumption, Evidence, Verdict
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.model.nsg import NetworkSecurityGroup


class Direction(Enum):
    """Which way a packet crosses the edge of a subnet or interface."""

    __hash__ = object.__hash__  # members are single objects; hashing their names takes longer

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """Packets that open connections, as a filter sees them."""

    direction: Direction
    source: Side
    destination: Side
    port: int
    protocol: str = "tcp"
    place: Place
    """Where the filter is applied."""
    varies: str = "source"
    """The side the answer is split by: `source` or `destination`."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a filter says about a share of a flow."""

    verdict: Verdict
    code: str = "OK"
    rule: str = ""
    """Name of the rule that decides; empty where nothing filters."""
    priority: int | None = None
    is_default: bool = False
    evidence: Evidence | None = None
    assumptions: tuple[Assumption, ...] = ()


class CompiledNsg(msgspec.Struct, frozen=True, kw_only=True):
    """One network security group's content, ready for evaluation."""

    rules: tuple[CompiledRule, ...]
    """Both directions, in order of priority."""
    inbound: tuple[CompiledRule, ...]
    outbound: tuple[CompiledRule, ...]

    def of(self, direction: Direction) -> tuple[CompiledRule, ...]:
        """The rules of one direction."""
        return self.inbound if direction is Direction.INBOUND else self.outbound


OPEN = Decision(verdict=Verdict.ALLOWED)
"""Nothing filters here."""


def compile_nsg(facts: Facts, nsg_id: ArmId) -> CompiledNsg | None:
    """The rules of a group as intervals.

    Unknown when: None is returned where the group was not read.
    """
    return facts.once("nsg", nsg_id, lambda: _compiled(facts, nsg_id))


def _compiled(facts: Facts, nsg_id: ArmId) -> CompiledNsg | None:
    nsg = facts.topology.get(NetworkSecurityGroup, nsg_id)
    return _compile(nsg) if nsg is not None else None


def _compile(nsg: NetworkSecurityGroup) -> CompiledNsg:
    rules = [compile_security_rule(r, is_default=False) for r in nsg.rules]
    rules += [compile_security_rule(r, is_default=True) for r in nsg.default_rules]
    rules.sort(key=lambda r: (r.priority, r.name))
    return CompiledNsg(
        rules=tuple(rules),
        inbound=tuple(r for r in rules if r.direction in (Direction.INBOUND.value, "")),
        outbound=tuple(r for r in rules if r.direction in (Direction.OUTBOUND.value, "")),
    )


def decide(facts: Facts, nsg_id: ArmId | None, flow: Flow) -> list[tuple[SpanSet, Decision]]:
    """What a group decides for every address of the varying side, as a partition of it.

    Unknown when: the group was not read, a service tag's members are not known, a rule looks at
    source ports, or the far side is one of several addresses that fare differently.
    """
    whole = flow.source.whole if flow.varies == "source" else flow.destination.whole
    if nsg_id is None:
        return [(whole, OPEN)]
    rules = service_rules(facts, nsg_id, flow.direction.value, flow.protocol, flow.port)
    if rules is None:
        seen = Evidence(nsg_id, "properties.securityRules", value=None)
        unread = Decision(
            verdict=Verdict.UNKNOWN,
            code="RULES_UNSEEN",
            evidence=seen,
            assumptions=(assume("RULES_UNSEEN"),),
        )
        return [(whole, unread)]
    return _decided(facts, nsg_id, rules, flow)


def custom_only(facts: Facts, nsg_id: ArmId, flow: Flow) -> list[tuple[SpanSet, Decision]]:
    """The same with the default rules left out: what no custom rule matches is blocked."""
    rules = service_rules(facts, nsg_id, flow.direction.value, flow.protocol, flow.port)
    if rules is None:
        return decide(facts, nsg_id, flow)
    return _decided(facts, nsg_id, tuple(r for r in rules if not r.is_default), flow)


def _decided(
    facts: Facts, nsg_id: ArmId, rules: tuple[CompiledRule, ...], flow: Flow
) -> list[tuple[SpanSet, Decision]]:
    shares = ruled(facts, rules, flow)
    return [(part, _dressed(facts, nsg_id, rules, raw, flow.place)) for part, raw in shares]


def ruled(
    facts: Facts, rules: tuple[CompiledRule, ...], flow: Flow
) -> tuple[tuple[SpanSet, Raw], ...]:
    """The varying side split by what an ordered list of rules does.

    Labels are the rules' accesses, and `none` for packets that no rule matches.
    """
    apt = [
        Rule(
            index=index,
            priority=rule.priority,
            access=rule.access,
            source_ports=rule.source_ports if flow.place.has_source_ports else EPHEMERAL,
        )
        for index, rule in enumerate(rules)
        if rule.protocol in ("*", flow.protocol) and flow.port in rule.destination_ports
    ]
    whole = Box(flow.source.whole, flow.destination.whole, EPHEMERAL, frozenset())

    known: dict[int, tuple[Match, Match] | None] = {}

    def matcher(rule: Rule) -> tuple[Match, Match] | None:
        if rule.index not in known:  # flows that are cut up are asked about twice
            known[rule.index] = _matched(facts, rules[rule.index], flow)
        return known[rule.index]

    settled = whole_by_one(apt, whole, matcher)
    decided = sweep(apt, whole, matcher) if settled is None else [settled]
    return partition(decided, access_of, by_source=flow.varies == "source")


def _matched(facts: Facts, rule: CompiledRule, flow: Flow) -> tuple[Match, Match] | None:
    destination = match(facts, rule.destination, flow.destination, flow.place)
    if not destination:
        return None
    source = _doubted(rule, match(facts, rule.source, flow.source, flow.place))
    return (source, destination) if source else None


def _doubted(rule: CompiledRule, source: Match) -> Match:
    if not rule.is_unreadable:
        return source
    symbol = Symbol("RULES_UNSEEN", rule.name)
    covered = source.certain or SpanSet(span for _, part in source.open for span in part)
    return Match(open=((symbol, covered),)) if covered else source


def _dressed(
    facts: Facts, nsg_id: ArmId, rules: tuple[CompiledRule, ...], raw: Raw, place: Place
) -> Decision:
    verdict = _VERDICTS.get(raw.labels, Verdict.UNKNOWN)
    rule = _telling(rules, raw, verdict)
    code = _code(rule, raw, verdict)
    seen = rule_evidence(facts, nsg_id, rule) if rule else None
    return Decision(
        verdict=verdict,
        code=code,
        rule=rule.name if rule else "",
        priority=rule.priority if rule else None,
        is_default=bool(rule and rule.is_default),
        evidence=place.tag.default_route if code == "TAG_WITH_DEFAULT_ROUTE" else seen,
        assumptions=doubts(raw) if verdict is Verdict.UNKNOWN else (),
    )


def _telling(rules: tuple[CompiledRule, ...], raw: Raw, verdict: Verdict) -> CompiledRule | None:
    """The rule to name: where several deny a share each, a default one, which always remains."""
    if raw.rule is None or raw.last is None:
        return None
    last = rules[raw.last]
    return last if verdict is Verdict.BLOCKED and last.is_default else rules[raw.rule]


_VERDICTS = {
    ("allow",): Verdict.ALLOWED,
    ("deny",): Verdict.BLOCKED,
    ("none",): Verdict.BLOCKED,
    ("deny", "none"): Verdict.BLOCKED,
}


def doubts(raw: Raw) -> tuple[Assumption, ...]:
    """The assumptions for the open questions of an answer, one per code."""
    by_code = {s.code: s for s in raw.symbols}
    return tuple(assume(code) for code in by_code)


def _code(rule: CompiledRule | None, raw: Raw, verdict: Verdict) -> str:
    if verdict is Verdict.ALLOWED:
        return "OK"
    if verdict is Verdict.UNKNOWN:
        return raw.symbols[0].code if raw.symbols else "SUBNET_ADDRESS_CHOICE"
    return "NSG_DEFAULT_DENY" if rule is None or rule.is_default else "NSG_DENY"


def rule_evidence(facts: Facts, nsg_id: ArmId, rule: CompiledRule) -> Evidence:
    """The rule as a reader can look it up."""
    kind = "defaultSecurityRules" if rule.is_default else "securityRules"
    ids = facts.topology.ids
    rule_id = ids.fold(f"{ids.shown(nsg_id)}/{kind}/{rule.name}")
    return Evidence(rule_id, "properties.access", rule.access.capitalize())
