"""A triage file goes from the command line to the interface and back, with all that was said."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pgtopo.reports.triage import files
from pgtopo.triage.state import SnapshotRef, parse
from pgtopo.tui.app import PgtopoApp
from pgtopo.views.state import View
from pgtopo.views.triage.rows import RowKind
from tests.cli.conftest import Cli, written
from tests.estates.world import World, hex_label
from tests.triage import outputs
from tests.triage.test_screen import bench_of, typed
from tests.tui.screen import rested, settled, text_of, until

hashed = files.fingerprints
ENDS = ("--from", "snet-app", "--to", "psql-orders")


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """A small estate whose client cannot resolve the server's name."""
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    zone = world.zone("orders.private.postgres.database.azure.com")
    world.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    world.server("psql-orders", subnet, zone)
    return written(tmp_path / "estate.json", world.snapshot())


@pytest.fixture
def state(cli: Cli, estate: Path, tmp_path: Path) -> Path:
    """The file of an incident that was begun on the command line."""
    path, dig = tmp_path / "incident.json", tmp_path / "dig.txt"
    dig.write_text(outputs.DIG_FOUND)
    words = ("--error", "timeout expired", "--port", "6432", "--client-dns", "10.1.2.9")
    assert cli("triage", estate, *ENDS, *words, "--paste", dig, "--state", path).code == 0
    return path


@asynccontextmanager
async def resumed(estate: Path, state: Path | str) -> AsyncIterator[tuple[PgtopoApp, Pilot[None]]]:
    """The interface as `pgtopo tui --triage` opens it."""
    app = PgtopoApp((str(estate),), select=("PGT101",))
    app.triage_file = str(state)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        yield app, pilot


async def test_incident_is_taken_up_with_all_that_was_said_and_kept_in_its_file(
    estate: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    before = parse(state.read_bytes(), "x")
    async with resumed(estate, state) as (app, pilot):
        await until(pilot, lambda: bench_of(app).view is View.TRIAGE)
        await rested(app, pilot)
        bench = bench_of(app)
        assert bench.incident.case == before.case
        assert bench.incident.found is not None
        assert [one.tool for one in bench.incident.found.readings] == ["dig"]
        row = bench.triage_row
        assert row is not None
        assert row.kind is RowKind.CAUSE
        app.front_list().go([one.kind for one in bench.triage_rows].index(RowKind.OUTPUT))
        await pilot.press("enter")
        await typed(app, pilot, outputs.NC_OPEN)
        await pilot.press("ctrl+s")
        await rested(app, pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_reporting)
    after = parse(state.read_bytes(), "x")
    assert after.case.pastes[: len(before.pastes)] == tuple(before.pastes)
    assert len(after.pastes) == len(before.pastes) + 1
    assert (after.client, after.server, after.port, after.client_dns) == (
        *("snet-app", "psql-orders"),
        *(6432, "10.1.2.9"),
    )
    assert after.snapshot[0].sha256 == before.snapshot[0].sha256
    assert state.stat().st_mode & 0o077 == 0
    assert sorted(one.suffix for one in folder.iterdir()) == [".html", ".md"]


async def test_another_incident_leaves_the_file_alone(
    estate: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = state.read_bytes()
    async with resumed(estate, state) as (app, pilot):
        await until(pilot, lambda: bench_of(app).view is View.TRIAGE)
        bench_of(app).incident.begin(client="snet-app", server="psql-orders", error="refused")
        app.paint()
        await rested(app, pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_reporting)
    assert state.read_bytes() == before
    assert len(list(tmp_path.glob("pgtopo-incident-*.json"))) == 1


async def test_triage_file_is_opened_from_the_palette(estate: Path, state: Path) -> None:
    async with resumed(estate, "") as (app, pilot):
        await app.run_action("open_triage")
        await typed(app, pilot, str(state))
        await pilot.press("enter")
        await until(pilot, lambda: bench_of(app).view is View.TRIAGE)
        assert bench_of(app).incident.file == str(state)


@pytest.mark.parametrize("content", ["", "{}x", '{"schema": "other"}', "\x00"])
async def test_what_is_no_triage_file_is_said(estate: Path, tmp_path: Path, content: str) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content)
    async with resumed(estate, bad) as (app, pilot):
        await until(pilot, lambda: "no triage file" in text_of(app))
        assert bench_of(app).view is not View.TRIAGE


async def test_other_data_is_told(estate: Path, state: Path) -> None:
    kept = json.loads(state.read_text())
    kept["snapshot"][0]["sha256"] = "0" * 64
    state.write_text(json.dumps(kept))
    async with resumed(estate, state) as (app, pilot):
        await until(pilot, lambda: "not the data this triage was begun" in text_of(app))
        assert bench_of(app).view is View.TRIAGE


def test_verb_says_what_does_not_fit(cli: Cli, state: Path, tmp_path: Path) -> None:
    assert cli("tui", "--triage", tmp_path / "none.json").code == 4
    kept = json.loads(state.read_text())
    kept["snapshot"] = []
    state.write_text(json.dumps(kept))
    ran = cli("tui", "--triage", state)
    assert ran.code == 2
    assert "names no data" in ran.err


async def test_a_report_is_written_behind_the_screen(
    estate: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    is_let, threads = threading.Event(), []

    def slow(paths: Iterable[str]) -> list[SnapshotRef]:
        threads.append(threading.current_thread())
        assert is_let.wait(20)
        return hashed(paths)

    async with resumed(estate, state) as (app, pilot):
        await until(pilot, lambda: bench_of(app).view is View.TRIAGE)
        await rested(app, pilot)
        monkeypatch.setattr(files, "fingerprints", slow)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(threads))
        assert app.note == "saving the report ..."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.note == "the report is still being saved ...")
        is_let.set()
        await until(pilot, lambda: not app.is_reporting)
        assert app.note.startswith("saved ")
    assert threads == [one for one in threads if one is not threading.main_thread()]
    assert len(threads) == 1
    (page,) = tmp_path.glob("pgtopo-incident-*.html")
    assert page.stat().st_mode & 0o077 == 0
    assert parse(state.read_bytes(), "x").snapshot[0].sha256 in page.read_text()


async def test_leaving_waits_for_a_report_that_is_being_written(
    estate: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    is_let = threading.Event()

    def slow(paths: Iterable[str]) -> list[SnapshotRef]:
        assert is_let.wait(20)
        return hashed(paths)

    async with resumed(estate, state) as (app, pilot):
        await until(pilot, lambda: bench_of(app).view is View.TRIAGE)
        await rested(app, pilot)
        monkeypatch.setattr(files, "fingerprints", slow)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.is_reporting)
        await pilot.press("q")
        await until(pilot, lambda: app.is_leaving)
        assert app.note == "saving the report, then leaving ..."
        is_let.set()
        await until(pilot, lambda: not app.is_reporting)
    assert len(list(tmp_path.glob("pgtopo-incident-*.html"))) == 1


async def test_a_report_under_pseudonyms_tells_no_name(
    estate: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = state.read_bytes()
    async with resumed(estate, state) as (app, pilot):
        await until(pilot, lambda: bench_of(app).view is View.TRIAGE)
        await rested(app, pilot)
        await pilot.press("p")
        await until(pilot, lambda: app.is_veiled)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_reporting)
        await pilot.press("r")
        await until(pilot, lambda: not app.is_refreshing)
        await rested(app, pilot)
        assert app.mask is not None
        assert app.mask.has_learned(bench_of(app).desk.topology)
        assert app.opening is not None
        assert app.mask is app.opening.mask
    assert state.read_bytes() == before
    for one in tmp_path.glob("pgtopo-incident-*"):
        assert "psql-orders" not in one.read_text()
