"""Comparing damaged data never fails, and nothing of it acts on a terminal."""

from __future__ import annotations

import random

import pytest

from pgtopo.checks.comparison import compare
from pgtopo.session import Session
from pgtopo.sources.load import load_rows
from pgtopo.views.changes.bench import ChangesBench
from pgtopo.views.desk import Desk
from pgtopo.views.lines import plain
from pgtopo.views.state import View
from tests.fuzz.bases import base
from tests.fuzz.mutants import mutant
from tests.thorough import THOROUGH
from tests.views.small import world
from tests.views.test_hostile_views import assert_safe, hostile

SEEDS = range(400 if THOROUGH else 8)


def walk(before: Session, after: Session) -> int:
    """Make every row and page of a comparison; how many rows there are."""
    found = compare(before.facts, after.facts, before.findings().findings, ())
    bench = ChangesBench(Desk(after.facts, files=("late.json",)))
    bench.changes.take(found, "early.json", ("early.json", "late.json"))
    bench.go(View.CHANGES)
    while (work := bench.changes_work()) is not None:
        work.make()
    for at, row in enumerate(bench.changes_rows):
        bench.moved_in_changes(at)
        page = bench.page()
        lines = page.work.make() if page.work is not None else page.lines
        assert_safe(f"{row.name}{row.note}{row.brief}{page.title}{plain(lines)}")
    return len(bench.changes_rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mutant_against_its_original(seed: int) -> None:
    chance = random.Random(seed)
    rows = base(chance)
    damaged = mutant(rows, chance)
    one, other = Session(load_rows(rows)), Session(load_rows(damaged))
    assert walk(one, other)
    assert walk(other, one)


def test_texts_from_data_never_act() -> None:
    nasty, sound = Session(hostile().topology()), Session(world().topology())
    assert walk(nasty, sound) > 5
    assert walk(sound, nasty) > 5
