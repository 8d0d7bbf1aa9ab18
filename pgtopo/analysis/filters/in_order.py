"""What admin rules and security groups do at one end of a flow, in the order Azure asks them.

Azure rule: outbound the interface's group comes before the subnet's, inbound after it; each one
present must allow ("How network security groups filter network traffic", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.admin_rules import admin_decide, admin_evidence, unseen
from pgtopo.analysis.filters.nsg import Decision, Direction, Flow, custom_only, decide, doubts
from pgtopo.analysis.filters.partition import Raw
from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.sides import Place, Side
from pgtopo.analysis.filters.virtual_network_tag import network_tag
from pgtopo.analysis.verdict import Assumption, Evidence, Stage, Step, Verdict
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import EMPTY, SpanSet
from pgtopo.model.network import RESERVED_SUBNETS, NetworkInterface, Subnet


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a path: the subnet, and the interface where the end is one."""

    subnet: ArmId
    network: ArmId
    nics: tuple[ArmId, ...] = ()
    """Interfaces whose own security group counts."""
    has_nsg: bool = True
    """False for private endpoints whose subnet has no network policy for security groups."""
    has_admin: bool = True
    """False for private endpoints: no admin rules there, and source ports are not looked at.

    Azure rule: filters by source port count as any ("What is a private endpoint?", limitations).
    """


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A flow as both ends see it."""

    source: Side
    destination: Side
    port: int
    protocol: str = "tcp"
    varies: str = "source"


Steps = list[tuple[SpanSet, tuple[Step, ...]]]


def gate_steps(
    facts: Facts, gate: Gate, direction: Direction, passage: Passage, stage: Stage
) -> Steps:
    """The varying side split by what the filters at one end say, each share with its steps.

    Every filter that does not allow has a step of its own; where all allow there is one step.
    """
    key = (gate, direction, passage, stage)
    return facts.once("gate", key, lambda: _gate_steps(facts, gate, direction, passage, stage))


def _gate_steps(
    facts: Facts, gate: Gate, direction: Direction, passage: Passage, stage: Stage
) -> Steps:
    flow = _flow(facts, gate, direction, passage)
    shares: Steps = []
    blind = unseen(facts, gate.network) if gate.has_admin else ()
    for part, raw, rule in _admin(facts, gate, flow):
        narrow = _narrowed(flow, part)
        for share, decisions in _groups(facts, gate, narrow):
            steps = _steps(facts, gate, direction, stage, raw=raw, rule=rule, decisions=decisions)
            shares.append((share, tuple(_with(step, blind) for step in steps)))
    return shares


def _with(step: Step, assumptions: tuple[Assumption, ...]) -> Step:
    if not assumptions:
        return step
    return msgspec.structs.replace(step, assumptions=step.assumptions + assumptions)


def _flow(
    facts: Facts, gate: Gate, direction: Direction, passage: Passage, excluded: SpanSet = EMPTY
) -> Flow:
    subnet = facts.topology.get(Subnet, gate.subnet)
    place = Place(
        network=gate.network,
        tag=network_tag(facts, gate.subnet),
        has_groups=not (subnet and subnet.is_pg_delegated),
        has_source_ports=gate.has_admin,
        excluded=excluded,
    )
    return Flow(
        direction=direction,
        source=passage.source,
        destination=passage.destination,
        port=passage.port,
        protocol=passage.protocol,
        place=place,
        varies=passage.varies,
    )


def _narrowed(flow: Flow, part: SpanSet) -> Flow:
    side = flow.source if flow.varies == "source" else flow.destination
    if side.whole == part or not hasattr(side, "addresses"):
        return flow
    narrow = msgspec.structs.replace(side, addresses=part)
    if flow.varies == "source":
        return msgspec.structs.replace(flow, source=narrow)
    return msgspec.structs.replace(flow, destination=narrow)


def _admin(facts: Facts, gate: Gate, flow: Flow) -> list[tuple[SpanSet, Raw, CompiledRule | None]]:
    if gate.has_admin and name_of(gate.subnet) not in RESERVED_SUBNETS:
        return admin_decide(facts, gate.network, flow)
    whole = flow.source.whole if flow.varies == "source" else flow.destination.whole
    return [(whole, Raw(labels=("none",)), None)]


def group_ids(facts: Facts, gate: Gate, direction: Direction) -> tuple[ArmId, ...]:
    """The security groups at one end, in the order they are asked."""
    if not gate.has_nsg:
        return ()
    subnet = facts.topology.get(Subnet, gate.subnet)
    own = [n.nsg for i in gate.nics if (n := facts.topology.get(NetworkInterface, i)) and n.nsg]
    shared = [subnet.nsg] if subnet and subnet.nsg else []
    order = own + shared if direction is Direction.OUTBOUND else shared + own
    return tuple(dict.fromkeys(order))


def _groups(
    facts: Facts, gate: Gate, flow: Flow
) -> list[tuple[SpanSet, tuple[tuple[ArmId, Decision], ...]]]:
    whole = flow.source.whole if flow.varies == "source" else flow.destination.whole
    shares: list[tuple[SpanSet, tuple[tuple[ArmId, Decision], ...]]] = [(whole, ())]
    for nsg in group_ids(facts, gate, flow.direction):
        shares = [
            (common, (*held, (nsg, decision)))
            for part, held in shares
            for share, decision in decide(facts, nsg, _narrowed(flow, part))
            if (common := share & part)
        ]
    return shares


def _steps(
    facts: Facts,
    gate: Gate,
    direction: Direction,
    stage: Stage,
    *,
    raw: Raw,
    rule: CompiledRule | None,
    decisions: tuple[tuple[ArmId, Decision], ...],
) -> tuple[Step, ...]:
    evidence = admin_evidence(facts, gate.network, rule)
    if raw.labels == ("deny",):
        text = f"Admin rule {rule.name if rule else '?'} denies it before any security group."
        return (_step(stage, Verdict.BLOCKED, "ADMIN_DENY", text, evidence),)
    if raw.labels == ("alwaysallow",):
        text = f"Admin rule {rule.name if rule else '?'} always allows it, past security groups."
        return (_step(stage, Verdict.ALLOWED, "OK", text, evidence),)
    groups = _group_steps(facts, gate, direction, stage, decisions)
    if not set(raw.labels) & {"deny", "alwaysallow"}:
        return groups
    return _doubtful(stage, raw, evidence, groups)


def _doubtful(
    stage: Stage, raw: Raw, evidence: Evidence | None, groups: tuple[Step, ...]
) -> tuple[Step, ...]:
    """Steps where it is open whether an admin rule speaks."""
    ends = {"deny": Verdict.BLOCKED, "alwaysallow": Verdict.ALLOWED}
    inner = [s for s in groups if s.verdict is not Verdict.ALLOWED]
    outcomes = {ends[label] for label in raw.labels if label in ends}
    if set(raw.labels) - set(ends):
        found = {s.verdict for s in groups}
        blocked = Verdict.BLOCKED in found
        outcomes |= {Verdict.BLOCKED} if blocked else found
    if len(outcomes) == 1 and Verdict.UNKNOWN not in outcomes:
        return groups
    text = "Whether an admin rule decides this depends on something that is not in the data."
    code = raw.symbols[0].code if raw.symbols else "SUBNET_ADDRESS_CHOICE"
    open_step = _step(stage, Verdict.UNKNOWN, code, text, evidence, doubts(raw))
    if "alwaysallow" in raw.labels:
        return (open_step,)
    return (open_step, *inner)


def _group_steps(
    facts: Facts,
    gate: Gate,
    direction: Direction,
    stage: Stage,
    decisions: tuple[tuple[ArmId, Decision], ...],
) -> tuple[Step, ...]:
    where = f"subnet {called(facts, gate.subnet)}"
    if not decisions:
        text = f"No security group filters {direction.value} traffic of {where}."
        if not gate.has_nsg:
            text = f"Security groups do not apply to private endpoints in {where}."
        return (_step(stage, Verdict.ALLOWED, "OK", text, None),)
    steps = [_group_step(stage, direction, called(facts, nsg), found) for nsg, found in decisions]
    return tuple(s for s in steps if s.verdict is not Verdict.ALLOWED) or (steps[-1],)


def _group_step(stage: Stage, direction: Direction, name: str, found: Decision) -> Step:
    way = "in" if direction is Direction.INBOUND else "out"
    rule = f"rule {found.rule} (priority {found.priority})" if found.rule else "no rule"
    if found.verdict is Verdict.ALLOWED:
        text = f"NSG {name} lets it {way}: {rule}."
    elif found.verdict is Verdict.BLOCKED:
        text = f"NSG {name} does not let it {way}: {rule} denies it."
    else:
        why = found.assumptions[0].text if found.assumptions else "it depends on the address"
        text = f"Whether NSG {name} lets it {way} is open ({rule}): {why}"
    if found.code == "SUBNET_ADDRESS_CHOICE" and not found.assumptions:
        doubt = (assume("SUBNET_ADDRESS_CHOICE"),)
        return _step(stage, found.verdict, found.code, text, found.evidence, doubt)
    return _step(stage, found.verdict, found.code, text, found.evidence, found.assumptions)


def _step(
    stage: Stage,
    verdict: Verdict,
    code: str,
    text: str,
    decided_by: Evidence | None,
    assumptions: tuple[Assumption, ...] = (),
) -> Step:
    return Step(
        stage=stage,
        verdict=verdict,
        code=code,
        text=text,
        decided_by=decided_by,
        assumptions=assumptions,
    )


def explicitly_admits(
    facts: Facts, gate: Gate, direction: Direction, passage: Passage, excluded: SpanSet
) -> list[tuple[SpanSet, Verdict]]:
    """Whether the groups at one end admit a flow by more than the VirtualNetwork tag.

    Blocked where some group present has no such rule; unknown where each has, or none is there.
    """
    flow = _flow(facts, gate, direction, passage, excluded)
    shares: list[tuple[SpanSet, Verdict]] = []
    for part, raw, _ in _admin(facts, gate, flow):
        if "alwaysallow" in raw.labels:
            shares.append((part, Verdict.UNKNOWN))
            continue
        shares += _explicit(facts, gate, _narrowed(flow, part))
    return shares


def _explicit(facts: Facts, gate: Gate, flow: Flow) -> list[tuple[SpanSet, Verdict]]:
    whole = flow.source.whole if flow.varies == "source" else flow.destination.whole
    shares = [(whole, Verdict.UNKNOWN)]
    for nsg in group_ids(facts, gate, flow.direction):
        after: list[tuple[SpanSet, Verdict]] = []
        for part, verdict in shares:
            if verdict is Verdict.BLOCKED:
                after.append((part, verdict))
                continue
            for share, found in custom_only(facts, nsg, _narrowed(flow, part)):
                blocked = found.verdict is Verdict.BLOCKED
                after.append((share, Verdict.BLOCKED if blocked else Verdict.UNKNOWN))
        shares = after
    return shares
