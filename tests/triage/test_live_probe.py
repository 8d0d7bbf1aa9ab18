"""The probe of the triage screen, against servers on loopback only."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pgtopo.session import open_files
from pgtopo.triage.case import Case, Paste
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.choosing import ChoiceScreen
from pgtopo.tui.panes.triage import TriageList
from pgtopo.tui.probing import SOURCE
from pgtopo.views.triage.rows import RowKind
from tests.cli.conftest import Cli, written
from tests.estates.world import World
from tests.probe import stubs
from tests.triage.test_screen import bench_of
from tests.tui.screen import opened, rested, text_of, until

ADDRESS = "127.0.0.4"


@pytest.fixture
def estate(tmp_path: Path) -> str:
    """A small estate whose server has an address of this machine's own."""
    world = World()
    network = world.vnet("vnet-app", "127.0.0.0/24")
    subnet = world.subnet(network, "snet-pg", "127.0.0.0/28", delegation="pg")
    world.subnet(network, "snet-app", "127.0.0.64/28")
    world.server("psql-orders", subnet, None)
    return str(written(tmp_path / "estate.json", world.snapshot()))


def case_at(port: int, *pastes: Paste) -> Case:
    """A client that waits in vain."""
    return Case(client="snet-app", server=ADDRESS, port=port, error="timeout", pastes=pastes)


@asynccontextmanager
async def on_incident(estate: str, port: int) -> AsyncIterator[tuple[PgtopoApp, Pilot[None]]]:
    """The triage screen with an incident whose server listens on loopback."""
    async with opened(estate, keys=("6",), select=("PGT101",)) as (app, pilot):
        bench_of(app).incident.case = case_at(port)
        app.paint()
        await rested(app, pilot)
        yield app, pilot


async def test_probe_is_confirmed_and_moves_causes_like_its_pasted_document(
    estate: str, cli: Cli
) -> None:
    with stubs.serving(stubs.hangs_up, (ADDRESS, 0)) as port:
        ran = cli("probe", ADDRESS, "--port", str(port), "--format", "json")
        session = open_files([estate])
        pasted = session.triage(case_at(port, Paste(name="probe.json", text=ran.text)))
        before = session.triage(case_at(port))
        assert [one.code for one in pasted.causes] != [one.code for one in before.causes]
        async with on_incident(estate, port) as (app, pilot):
            await pilot.press("P")
            assert isinstance(app.screen, ChoiceScreen)
            asked = text_of(app)
            assert f"{ADDRESS}, port {port}" in asked
            await pilot.press("enter")
            await until(pilot, lambda: bool(bench_of(app).incident.case.pastes))
            await rested(app, pilot)
            incident = bench_of(app).incident
            assert [one.name for one in incident.case.pastes] == [SOURCE]
            assert incident.found is not None
            assert [(one.code, one.verdict, one.certainty) for one in incident.found.causes] == [
                (one.code, one.verdict, one.certainty) for one in pasted.causes
            ]
            row = bench_of(app).triage_row
            assert row is not None
            assert row.kind is RowKind.OUTPUT
            assert f"A TCP connection to {ADDRESS} came to: ok." in " ".join(text_of(app).split())


@pytest.mark.parametrize("keys", [("escape",), ("j", "enter")])
async def test_nothing_is_contacted_without_consent(estate: str, keys: tuple[str, ...]) -> None:
    came = threading.Event()
    with stubs.serving(lambda _client: came.set(), (ADDRESS, 0)) as port:
        async with on_incident(estate, port) as (app, pilot):
            await pilot.press("P", *keys)
            await rested(app, pilot)
            assert app.attempt is None
            assert not bench_of(app).incident.case.pastes
    assert not came.is_set()


async def test_probe_under_way_is_stopped_with_escape(estate: str) -> None:
    came, may_end = threading.Event(), threading.Event()

    def waits(_client: object) -> None:
        came.set()
        may_end.wait(60)

    with stubs.serving(waits, (ADDRESS, 0)) as port:
        async with on_incident(estate, port) as (app, pilot):
            await pilot.press("P", "enter")
            await until(pilot, came.is_set)
            await pilot.press("P")
            assert "is being probed" in text_of(app)
            await pilot.press("escape")
            assert app.attempt is None
            may_end.set()
            await pilot.pause(0.3)
            assert not bench_of(app).incident.case.pastes
            assert isinstance(app.focused, TriageList)


async def test_probe_needs_a_server_and_is_in_the_palette(estate: str) -> None:
    async with opened(estate, keys=("6", "P"), select=("PGT101",)) as (app, pilot):
        assert "name the server of the incident first" in text_of(app)
        await pilot.press("colon")
        await pilot.press(*"probe the server")
        await until(pilot, lambda: "from this machine" in text_of(app))
