"""Laws of the matrix."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.engine import cell_of
from pgtopo.analysis.path.trace import trace
from tests.examples.ask import run
from tests.oracle.estates import random_estate
from tests.thorough import some


@pytest.mark.parametrize("first", some(range(3000, 3120, 10), 3))
def test_matrix_by_classes_equals_tracing_cell_by_cell(first: int) -> None:
    for seed in range(first, first + 10):
        facts = Facts(random_estate(seed).world.topology())
        found = matrix(facts)
        for number, subnet in enumerate(found.clients):
            client = subnet_client(facts, subnet)
            for place, server in enumerate(found.servers):
                expected = cell_of(trace(facts, client, server))
                where = f"seed {seed}: {subnet.name} to {server.name}"
                assert found.cell(number, place) == expected, where


@pytest.mark.parametrize("seed", [4001, 4002, 4003])
def test_two_runs_are_byte_identical(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "estate.json"
    path.write_text(json.dumps(random_estate(seed).world.snapshot()), encoding="utf-8")
    for verb in ("matrix", "dns"):
        argv = [verb, str(path), "--format=json"]
        with contextlib.redirect_stderr(io.StringIO()):
            assert run(argv) == run(argv)
