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
from pgtopo.analysis.matrix.engine import Word, cell_of
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


@pytest.mark.parametrize("first", range(3200, 3210, 5))
def test_words_rows_and_columns_say_what_the_cells_say(first: int) -> None:
    for seed in range(first, first + 5):
        topology = random_estate(seed).world.topology()
        plain, at_once, alone = (matrix(Facts(topology)) for _ in range(3))
        clients = range(len(plain.clients))
        at_once.prepare(clients)
        cells = [[Word(cell.verdict, cell.code) for cell in row] for row in plain.rows()]
        assert [at_once.words(client) for client in clients] == cells, f"seed {seed}"
        for place in range(len(plain.servers)):
            column = [row[place] for row in cells]
            assert alone.column(place) == column, f"seed {seed}: server {place}"
        assert [alone.words(client) for client in clients] == cells, f"seed {seed}"


@pytest.mark.parametrize("first", range(3300, 3320, 10))
def test_clients_that_are_alike_have_equal_words(first: int) -> None:
    for seed in range(first, first + 10):
        found = matrix(Facts(random_estate(seed).world.topology()))
        known: dict[object, list[Word]] = {}
        for client in range(len(found.clients)):
            key, words = found.alike(client), found.words(client)
            assert key is None or known.setdefault(key, words) == words, f"seed {seed}"


@pytest.mark.parametrize("first", range(3400, 3420, 10))
def test_notes_are_the_same_whether_they_were_expected_or_not(first: int) -> None:
    for seed in range(first, first + 10):
        topology = random_estate(seed).world.topology()
        plain, ready = matrix(Facts(topology)), matrix(Facts(topology))
        places = range(len(plain.servers))
        wanted = {
            client: [place for place in places if (client + place) % 3]
            for client in range(len(plain.clients))
        }
        ready.expect(wanted)
        for client, held in wanted.items():
            assert ready.notes(client, held) == plain.notes(client, held), f"seed {seed}"
            assert ready.notes(client, places) == plain.notes(client, places), f"seed {seed}"


@pytest.mark.parametrize("seed", [4001, 4002, 4003])
def test_two_runs_are_byte_identical(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "estate.json"
    path.write_text(json.dumps(random_estate(seed).world.snapshot()), encoding="utf-8")
    for verb in ("matrix", "dns"):
        argv = [verb, str(path), "--format=json"]
        with contextlib.redirect_stderr(io.StringIO()):
            assert run(argv) == run(argv)
