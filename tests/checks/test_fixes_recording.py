"""What answers rest on: read, brought along, and kept."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.recording import CopyFacts, RecordingFacts
from pgtopo.checks.registry import catalogue
from pgtopo.checks.rerun import Baseline
from pgtopo.model.base import Resource
from pgtopo.model.ids import fold
from pgtopo.model.patch import Op, Patch, delete_row
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.sources.load import load_files
from pgtopo.sources.patching import Patcher, rows_given
from tests.checks.homes import injected
from tests.estates.world import World, rule

SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
_LIVE = (Facts, Topology, types.FunctionType, types.MethodType, types.GeneratorType, partial)


def copied(world: World, facts: RecordingFacts, *ops: Op) -> CopyFacts:
    patcher = Patcher(facts.plain, rows_given(world.rows))
    return CopyFacts(facts, patcher.apply(Patch(ops=ops)))


def asked(facts: Facts, made: list[str], answer: Callable[[Facts], Any]) -> Any:
    def noted() -> Any:
        made.append("worked out")
        return answer(facts)

    return facts.once("how many", 0, noted)


def test_an_answer_is_taken_over_where_nothing_it_read_changed() -> None:
    home = injected()
    facts = RecordingFacts(home.world.topology())
    made: list[str] = []

    def count(known: Facts) -> int:
        return len(known.topology.all(FlexibleServer))

    before = asked(facts, made, count)
    same = copied(home.world, facts, delete_row(home.link))
    assert asked(same, made, count) == before
    assert made == ["worked out"]
    other = copied(home.world, facts, delete_row(home.server))
    assert asked(other, made, count) == before - 1
    assert made == ["worked out"] * 2


def test_an_answer_that_rests_on_another_is_touched_with_it() -> None:
    home = injected()
    facts = RecordingFacts(home.world.topology())

    def inner(known: Facts) -> bool:
        return known.once("inner", 0, lambda: known.topology.find(fold(home.link)) is not None)

    def outer(known: Facts) -> bool:
        return known.once("outer", 0, lambda: inner(known))

    assert outer(facts)
    assert not outer(copied(home.world, facts, delete_row(home.link)))


def test_what_the_asking_function_brings_along_counts_as_read() -> None:
    home = injected()
    facts = RecordingFacts(home.world.topology())

    def name(known: Facts) -> str:
        subnets = known.topology.subnets_of(fold(home.network))
        words = tuple(subnet.name for subnet in subnets)
        return known.once("names", "", lambda: ", ".join(words))

    before = name(facts)
    copy = copied(home.world, facts, delete_row(home.subnet))
    assert len(name(copy)) < len(before)


def test_notes_on_fields_that_could_not_be_read_are_noticed() -> None:
    home = injected()
    nsg = home.world.nsg("nsg-app", rule("no-pg", 0, "Deny", "Outbound"))
    facts = RecordingFacts(home.world.topology())

    def notes(known: Facts) -> int:
        return known.once("notes", 0, lambda: len(known.topology.issues))

    assert notes(facts) == 1
    assert notes(copied(home.world, facts, delete_row(home.link))) == 1
    assert notes(copied(home.world, facts, delete_row(nsg))) == 0


@pytest.mark.parametrize("name", ["contoso/snapshot", "gallery/dns", "gallery/endpoint"])
def test_no_answer_keeps_an_estate_to_ask_it_later(name: str) -> None:
    """It would go on to ask the estate as it was, in copies that take the answer over."""
    baseline = Baseline(load_files([SNAPSHOTS / f"{name}.json"]).topology, None, catalogue())
    held = list(baseline.facts.answers())
    assert len(held) > 100
    for question, value in held:
        kept = [type(one).__name__ for one in _inside(value, set()) if isinstance(one, _LIVE)]
        assert not kept, question


def _inside(value: Any, seen: set[int]) -> Iterator[Any]:
    """A value and everything it is made of, resources left out."""
    if isinstance(value, str | int | float | bool | Enum | type | Resource) or value is None:
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    if isinstance(value, _LIVE):
        return
    parts: list[Any] = []
    if isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts = list(value)
    else:
        slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
        names = [*slots, *getattr(value, "__dict__", {})]
        parts = [getattr(value, name, None) for name in names]
    for part in parts:
        yield from _inside(part, seen)
