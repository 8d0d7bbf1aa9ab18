"""Ordered rules over sets: who is decided by which rule, exactly and for all addresses at once.

A box is a set of sources, a set of destinations and a set of source ports under one set of
answers to open questions. Every rule takes its share out of the boxes that are left, so the
result covers each combination once, by the first rule that matches it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from pgtopo.analysis.filters.sides import Match, Symbol
from pgtopo.model.net import SpanSet

EPHEMERAL = SpanSet.of(1024, 65535)
"""Source ports a client may pick."""

Answers = frozenset[tuple[Symbol, bool]]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What the evaluation needs of a rule; `index` finds the rest."""

    index: int
    priority: int
    access: str
    """`allow`, `deny` or `alwaysallow`."""
    source_ports: SpanSet = EPHEMERAL


class Box(NamedTuple):
    """One undecided or decided share of a flow."""

    source: SpanSet
    destination: SpanSet
    ports: SpanSet
    answers: Answers


class Decided(NamedTuple):
    """A box and the rule that decides it; None where no rule does."""

    box: Box
    rule: Rule | None


def access_of(decided: Decided) -> str:
    """The access of the deciding rule; `none` where no rule matches."""
    return decided.rule.access if decided.rule is not None else "none"


Matcher = Callable[[Rule], tuple[Match, Match] | None]
"""The source and destination match of a rule; None where it matches nothing."""


def whole_by_one(rules: Sequence[Rule], whole: Box, matcher: Matcher) -> Decided | None:
    """The rule that decides all of a flow, where all before it match nothing of it; else None.

    Most flows are settled so, without being cut up.
    """
    for index, rule in enumerate(rules):
        found = matcher(rule)
        if found is None:
            continue
        source, destination = found
        is_tied = index + 1 < len(rules) and rules[index + 1].priority == rule.priority
        is_whole = source.certain == whole.source and destination.certain == whole.destination
        if is_tied or not is_whole or rule.source_ports != whole.ports:
            return None
        return Decided(whole, rule)
    return Decided(whole, None)


def sweep(rules: Sequence[Rule], whole: Box, matcher: Matcher) -> list[Decided]:
    """Every share of a flow with the first rule that matches it."""
    left = [whole]
    decided: list[Decided] = []
    at = 0
    while at < len(rules) and left:
        end = at + 1
        while end < len(rules) and rules[end].priority == rules[at].priority:
            end += 1
        group = rules[at:end]
        left = _apply_group(group, left, matcher, decided)
        at = end
    decided += [Decided(box, None) for box in left]
    return decided


def _apply_group(
    group: Sequence[Rule], left: list[Box], matcher: Matcher, decided: list[Decided]
) -> list[Box]:
    if len({rule.access for rule in group}) < 2:
        return _apply(group, left, matcher, decided)
    tie = Symbol("PRIORITY_TIE", str(group[0].priority))
    after: list[Box] = []
    for order in (False, True):
        ordered = sorted(group, key=lambda rule: (rule.access == "deny") is order)
        asked = [box for one in left if (box := _answered(one, tie, answer=order))]
        after += _apply(ordered, asked, matcher, decided)
    return after


def _apply(
    group: Sequence[Rule], left: list[Box], matcher: Matcher, decided: list[Decided]
) -> list[Box]:
    for rule in group:
        found = matcher(rule)
        if found is None:
            continue
        source, destination = found
        after: list[Box] = []
        for box in left:
            _take(rule, box, source, destination, decided, after)
        left = after
    return left


def _take(
    rule: Rule,
    box: Box,
    source: Match,
    destination: Match,
    decided: list[Decided],
    after: list[Box],
) -> None:
    ports = box.ports & rule.source_ports
    if not ports:
        after.append(box)
        return
    if other := box.ports - ports:
        after.append(box._replace(ports=other))
        box = box._replace(ports=ports)
    outside, inside = _split(box, source, is_source=True)
    after += outside
    for one in inside:
        rest, taken = _split(one, destination, is_source=False)
        after += rest
        decided += [Decided(share, rule) for share in taken]


def _split(box: Box, match: Match, *, is_source: bool) -> tuple[list[Box], list[Box]]:
    """The shares of a box that a match leaves out, and those it covers."""
    held = box.source if is_source else box.destination
    covered = held & match.certain
    inside: list[Box] = []
    if covered:
        inside.append(_narrowed(box, covered, is_source=is_source))
    left = held - covered
    remaining = [_narrowed(box, left, is_source=is_source)] if left else []
    for symbol, part in match.open:
        still: list[Box] = []
        for one in remaining:
            mine = one.source if is_source else one.destination
            asked = mine & part
            if spared := mine - asked:
                still.append(_narrowed(one, spared, is_source=is_source))
            if not asked:
                continue
            narrow = _narrowed(one, asked, is_source=is_source)
            if yes := _answered(narrow, symbol, answer=True):
                inside.append(yes)
            if no := _answered(narrow, symbol, answer=False):
                still.append(no)
        remaining = still
    return remaining, inside


def _narrowed(box: Box, part: SpanSet, *, is_source: bool) -> Box:
    return box._replace(source=part) if is_source else box._replace(destination=part)


def _answered(box: Box, symbol: Symbol, *, answer: bool) -> Box | None:
    """The box under one answer to an open question; None where it was answered otherwise."""
    if (symbol, not answer) in box.answers:
        return None
    return box._replace(answers=box.answers | {(symbol, answer)})
