"""Filters as they are evaluated: who gets in, which rule says so, which rule never speaks."""

from collections.abc import Iterable

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction, compile_nsg
from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.sides import AddressSide, Pattern
from pgtopo.analysis.networks.spaces import space_gap
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.net import ANY_V4, SpanSet
from pgtopo.model.network import Subnet
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule, rule_name
from pgtopo.views.lines import Line, Piece, Tone, piece, to_resource
from pgtopo.views.overview.writing import Page
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import count
from pgtopo.views.stored_rules import access_of, in_order, in_words

PORT = 5432
_MOST = 3
_ORDER = {Verdict.ALLOWED: 0, Verdict.MIXED: 1, Verdict.UNKNOWN: 2, Verdict.BLOCKED: 3}
_DIRECTIONS = (Direction.INBOUND, Direction.OUTBOUND)


def write_evaluated(page: Page, facts: Facts, subnet: Subnet, nics: tuple[ArmId, ...] = ()) -> None:
    """Who may open the PostgreSQL port towards a subnet, split by what decides."""
    page.head(f"Who may open port {PORT} here, as evaluated")
    if not subnet.space:
        gap = space_gap(facts, subnet)
        if gap is not None:
            page.say(gap.text, Tone.UNKNOWN)
        return
    gate = Gate(subnet=subnet.id, network=subnet.network, nics=nics)
    passage = Passage(
        source=AddressSide(addresses=ANY_V4),
        destination=AddressSide(addresses=subnet.space, network=subnet.network),
        port=PORT,
    )
    shares = gate_steps(facts, gate, Direction.INBOUND, passage, Stage.SERVER_FILTER)
    by_step: dict[Step, list[SpanSet]] = {}
    for part, steps in shares:
        by_step.setdefault(_telling(steps), []).append(part)
    for step in sorted(by_step, key=lambda one: (_ORDER[one.verdict], one.text)):
        page.lines += _share(step, by_step[step])


def _telling(steps: tuple[Step, ...]) -> Step:
    """The step that decides: the first that does not let through."""
    return next((s for s in steps if s.verdict is not Verdict.ALLOWED), steps[-1])


def _share(step: Step, parts: list[SpanSet]) -> list[Line]:
    whole = SpanSet(span for part in parts for span in part)
    sign = SIGNS[step.verdict]
    decided = step.decided_by
    target = to_resource(decided.resource) if decided is not None else None
    head = (Piece(f"{sign.shown()} ", sign.tone), piece(_addresses(whole), Tone.STRONG))
    return [
        Line(head, 0, target, "", 2),
        Line((piece(step.text, Tone.DIM),), 4, target, "", 2),
    ]


def _addresses(whole: SpanSet) -> str:
    if whole == ANY_V4:
        return "everyone"
    texts = whole.cidrs()
    if len(texts) > 16:
        return f"everyone else ({count(len(texts), 'range')})"
    shown = ", ".join(texts[:_MOST])
    return shown + (f" and {len(texts) - _MOST} more" if len(texts) > _MOST else "")


def write_rules(page: Page, facts: Facts, nsg: NetworkSecurityGroup) -> None:
    """The rules of a group in the order they are asked; those never reached say why."""
    compiled = compile_nsg(facts, nsg.id)
    for direction in _DIRECTIONS:
        page.head(f"{direction.value.capitalize()} rules, first match decides")
        ordered = compiled.of(direction) if compiled is not None else ()
        covered = _covered(ordered)
        for rule in in_order(nsg, direction.value):
            page.lines += _rule(nsg, rule, covered.get(_key(rule), ""))


def _key(rule: SecurityRule) -> tuple[str, int]:
    body = rule.properties
    return rule.name or "(no name)", (body.priority or 0) if body else 0


def _rule(nsg: NetworkSecurityGroup, rule: SecurityRule, coverer: str) -> list[Line]:
    priority, access, tone = access_of(rule)
    leads = to_resource(fold(rule.id or f"{nsg.id}/securityRules/{rule_name(rule)}"))
    head, text = f"{priority} {access:<6}", in_words(rule)
    if not coverer:
        return [Line((piece(head, tone), piece(text)), 0, leads, "", 13)]
    told = f"never reached: {coverer} covers it"
    return [
        Line((piece(head, Tone.DIM), piece(text, Tone.DIM)), 0, leads, "", 13),
        Line((piece(told, Tone.RISK),), 13, leads),
    ]


def _covered(rules: Iterable[CompiledRule]) -> dict[tuple[str, int], str]:
    """The rules that an earlier one leaves nothing to, with the name of that one."""
    found: dict[tuple[str, int], str] = {}
    before: list[CompiledRule] = []
    for rule in rules:
        coverer = next((one for one in before if _covers(one, rule)), None)
        if coverer is not None:
            found[rule.name, rule.priority] = coverer.name
        else:
            before.append(rule)
    return found


def _covers(earlier: CompiledRule, later: CompiledRule) -> bool:
    if earlier.is_unreadable or later.is_unreadable or earlier.priority == later.priority:
        return False
    return (
        earlier.protocol in ("*", later.protocol)
        and later.destination_ports <= earlier.destination_ports
        and later.source_ports <= earlier.source_ports
        and _holds(earlier.source, later.source)
        and _holds(earlier.destination, later.destination)
    )


def _holds(wide: Pattern, narrow: Pattern) -> bool:
    if wide.is_any or narrow.is_any:
        return wide.is_any
    return (
        narrow.spans <= wide.spans
        and set(narrow.tags) <= set(wide.tags)
        and narrow.asgs <= wide.asgs
    )
