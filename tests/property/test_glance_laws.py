"""A look at all pairs together finds what tracing each pair finds."""

from __future__ import annotations

from functools import partial

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks import registry
from pgtopo.checks.finding import Finding
from pgtopo.checks.pair_glance import Glance
from pgtopo.checks.pairs import PORT
from pgtopo.checks.runner import run
from tests.oracle.estates import random_estate
from tests.thorough import some


def _glance(facts: Facts) -> Glance:
    return Glance(facts, matrix(facts, PORT))


def _findings(facts: Facts) -> tuple[Finding, ...]:
    report = run(facts, registry.catalogue())
    assert not report.crashes
    return report.findings


@pytest.mark.parametrize("first", some(range(5000, 5060, 10), 3))
def test_checks_find_the_same_with_and_without_a_glance(first: int) -> None:
    for seed in range(first, first + 10):
        topology = random_estate(seed).world.topology()
        plain, glancing = Facts(topology), Facts(topology)
        glancing.once("pair glance", 0, partial(_glance, glancing))
        assert _findings(glancing) == _findings(plain), f"seed {seed}"


@pytest.mark.parametrize("first", some(range(5100, 5140, 10), 2))
def test_notes_hold_what_is_not_fine_in_the_trace(first: int) -> None:
    for seed in range(first, first + 10):
        facts = Facts(random_estate(seed).world.topology())
        found = matrix(facts)
        for number, subnet in enumerate(found.clients):
            notes = found.notes(number, range(len(found.servers)))
            for place, server in enumerate(found.servers):
                told = notes[place]
                if told is None:
                    continue
                steps = trace(facts, subnet_client(facts, subnet), server).steps
                seen = {one.stage for one in steps if one.verdict is not Verdict.ALLOWED}
                where = f"seed {seed}: {subnet.name} to {server.name}"
                assert {stage for stage, out in told if out.level} == seen, where
                codes = {(one.stage, one.code) for one in steps}
                assert {(stage, out.code) for stage, out in told} <= codes, where
