"""The index finds every earlier rule that covers a later one."""

from __future__ import annotations

import random

from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.sides import Pattern
from pgtopo.checks.nsg.nsg_rule_never_reached import _covers
from pgtopo.checks.rule_index import RuleIndex
from pgtopo.model.net import ANY_PORT, ANY_V4, SpanSet


def _side(chance: random.Random) -> Pattern:
    kind = chance.random()
    if kind < 0.15:
        return Pattern(spans=ANY_V4, is_any=True)
    if kind < 0.25:
        return Pattern(tags=(chance.choice(["internet", "virtualnetwork"]),))
    length = chance.choice([6, 8, 12, 16, 20, 24, 28, 32])
    block = (10 << 24 | chance.randrange(4) << 14 | chance.randrange(64)) >> (32 - length)
    low = block << (32 - length)
    return Pattern(spans=SpanSet.of(low, low + (1 << (32 - length)) - 1))


def _rule(number: int, chance: random.Random) -> CompiledRule:
    return CompiledRule(
        name=f"r{number}",
        direction=chance.choice(["inbound", "outbound"]),
        priority=number,
        access="allow",
        protocol=chance.choice(["*", "tcp"]),
        source=_side(chance),
        destination=_side(chance),
        source_ports=ANY_PORT,
        destination_ports=chance.choice([ANY_PORT, SpanSet.of(5432, 5432)]),
    )


def test_no_covering_rule_is_missed() -> None:
    chance = random.Random(7)
    rules = [_rule(number, chance) for number in range(400)]
    index = RuleIndex()
    covered = 0
    for at, later in enumerate(rules):
        found = {one for one in index.around(later) if _covers(rules[one], later)}
        naive = {one for one in range(at) if _covers(rules[one], later)}
        assert found == naive
        covered += bool(naive)
        index.add(at, later)
    assert 50 < covered < 400
