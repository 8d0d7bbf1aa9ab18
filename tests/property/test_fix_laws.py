"""Laws of changed copies: judging again what a change touches finds what judging all finds."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Severity
from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.rerun import Baseline
from pgtopo.checks.runner import Report, run
from pgtopo.errors import UsageError
from pgtopo.model.ids import fold
from pgtopo.model.patch import Op, Patch, delete_row, remove_value, set_value
from pgtopo.model.topology import Topology
from pgtopo.sources.patching import Patcher, rows_given
from tests.checks.proving import prover_of
from tests.estates.world import World
from tests.oracle.estates import random_estate
from tests.thorough import some

_RANK = list(Severity)


def _report(topology: Topology) -> Report:
    report = run(Facts(topology), catalogue())
    assert not report.crashes
    return report


def _by_key(report: Report) -> dict[str, Finding]:
    return {one.key: one for one in report.findings}


def _is_worse(now: Finding, before: Finding) -> bool:
    if now.outcome is not before.outcome:
        return now.is_fail
    return _RANK.index(now.severity) < _RANK.index(before.severity)


def hold(baseline: Baseline, old: dict[str, Finding], after: Topology, where: str) -> None:
    """What is told about a copy is what running every check over it tells."""
    new = _by_key(_report(after))
    found = baseline.against(after)
    cleared = {one.key: one for one in found.cleared}
    assert cleared == {key: one for key, one in old.items() if key not in new}, where
    came = {k: f for k, f in new.items() if k not in old or _is_worse(f, old[k])}
    assert {one.key: one for one in found.added} == came, where


def _ops(world: World, chance: random.Random) -> Iterator[Op]:
    """Rows taken away, values taken out, and values of other rows of a kind put in."""
    rows = [row for row in world.rows if isinstance(row.get("properties"), dict)]
    for row in chance.sample(rows, min(4, len(rows))):
        keys = sorted(row["properties"])
        way = chance.random()
        if way < 0.4 or not keys:
            yield delete_row(row["id"])
            continue
        key = chance.choice(keys)
        peers = [one for one in rows if one["type"] == row["type"] and key in one["properties"]]
        value = chance.choice(peers)["properties"][key]
        path = f"/properties/{key}"
        yield remove_value(row["id"], path) if way < 0.6 else set_value(row["id"], path, value)


@pytest.mark.parametrize("first", some(range(5200, 5260, 10), 3))
def test_a_change_at_random_does_what_a_full_run_says(first: int) -> None:
    for seed in range(first, first + 10):
        world = random_estate(seed).world
        topology = world.topology()
        baseline = Baseline(topology, None, catalogue())
        report = _report(topology)
        assert baseline.report == report, f"seed {seed}"
        old = _by_key(report)
        patcher = Patcher(topology, rows_given(world.rows))
        for op in _ops(world, random.Random(seed)):
            if topology.find(fold(op.id)) is None:
                continue
            try:
                after = patcher.apply(Patch(ops=(op,)))
            except UsageError:  # what cannot be applied is tested elsewhere
                continue
            hold(baseline, old, after, f"seed {seed}: {op}")


@pytest.mark.parametrize("first", some(range(5300, 5340, 10), 4))
def test_every_fix_that_is_tried_does_what_a_full_run_says(first: int) -> None:
    for seed in range(first, first + 10):
        world = random_estate(seed).world
        prover = prover_of(world)
        old = _by_key(prover.baseline.report)
        tried: dict[str, tuple[Op, ...]] = {}
        for finding in prover.baseline.findings():
            if finding.is_fail:
                tried.update((str(fix.ops), fix.ops) for fix in prover.candidates(finding))
        for ops in [*tried.values()][:6]:
            copy = prover.copy(ops) if ops else None
            if copy is not None:
                hold(prover.baseline, old, copy, f"seed {seed}: {[str(op) for op in ops]}")
