"""The triage screen, driven with keys only."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from pgtopo.session import Session
from pgtopo.triage.state import parse
from pgtopo.tui.app import PgtopoApp
from pgtopo.views.state import View
from pgtopo.views.triage.bench import TriageBench
from pgtopo.views.triage.rows import RowKind
from tests.thorough import some
from tests.triage import outputs
from tests.triage.demo import RESOLVERS, TRUTH, contoso, error_of
from tests.tui.screen import on_demo, rested, text_of, until

TYPED = some(sorted(TRUTH), 9)
"""Every broken path of the demonstration, where there is time for all."""


@pytest.fixture(scope="module")
def estate() -> Session:
    """The faulty estate, for the errors its clients print."""
    return contoso()


def bench_of(app: PgtopoApp) -> TriageBench:
    bench = app.bench
    assert isinstance(bench, TriageBench)
    return bench


async def typed(app: PgtopoApp, pilot: Pilot[None], text: str) -> None:
    """Paste a text where the focus is: a terminal sends it as one event."""
    from textual.events import Paste

    assert app.focused is not None
    app.focused.post_message(Paste(text))
    await pilot.pause()


def codes(app: PgtopoApp) -> list[str]:
    found = bench_of(app).incident.found
    return [one.code for one in found.causes] if found is not None else []


@pytest.mark.parametrize(
    ("client", "server"), TYPED, ids=[f"{one[0]} to {one[1]}" for one in TYPED]
)
async def test_symptom_and_ends_lead_to_the_true_cause(
    estate: Session, client: str, server: str
) -> None:
    kind, code, check = TRUTH[client, server]
    error = error_of(estate, client, server, kind)
    async with on_demo("6") as (app, pilot):
        await pilot.press("enter")
        await typed(app, pilot, error)
        await pilot.press("ctrl+s", "j", "enter")
        await typed(app, pilot, client if client.startswith("onprem:") else f"{client} machine")
        await pilot.press("enter", "j", "enter")
        await typed(app, pilot, server)
        await pilot.press("enter")
        await rested(app, pilot)
        assert codes(app)[0] == code
        await pilot.press("j", "j", "j")
        await rested(app, pilot)
        row = bench_of(app).triage_row
        assert row is not None
        assert (row.kind, row.at) == (RowKind.CAUSE, 0)
        shown = text_of(app)
        assert check in shown
        assert "Settle or confirm it with" in shown
        await pilot.press("ctrl+y")
        found = bench_of(app).incident.found
        assert found is not None
        assert app.clipboard == found.causes[0].next_probe


async def test_red_cell_of_reach_is_looked_into_with_one_key() -> None:
    async with on_demo("3", size=(80, 24)) as (app, pilot):
        await rested(app, pilot)
        await pilot.press("n", "T")
        await rested(app, pilot)
        await rested(app, pilot)
        bench = bench_of(app)
        assert bench.view is View.TRIAGE
        row = bench.triage_row
        assert row is not None
        assert row.kind is RowKind.CAUSE
        assert bench.incident.found is not None
        assert bench.incident.found.causes[0].is_settled
        assert len(text_of(app).splitlines()) == 24


async def test_finding_and_marked_ends_begin_an_incident() -> None:
    async with on_demo("2", "n", "T") as (app, pilot):
        await rested(app, pilot)
        assert bench_of(app).view is View.TRIAGE
        assert bench_of(app).incident.case.server or bench_of(app).incident.case.client


async def test_pasted_output_moves_causes() -> None:
    async with on_demo("6") as (app, pilot):
        bench = bench_of(app)
        bench.incident.begin(client="vm-app-test-01", server="psql-app-test-weu", error="timeout")
        app.paint()
        await rested(app, pilot)
        assert codes(app)[0] == "NSG_DENY"
        await pilot.press("j", "j", "j", "enter")
        await typed(app, pilot, outputs.NC_OPEN)
        await pilot.press("ctrl+s")
        await rested(app, pilot)
        assert codes(app)[0] == "SEEN_WORKING"


async def test_what_is_picked_left_and_misspelt() -> None:
    async with on_demo("6", "enter", "escape", "j", "enter", "escape") as (app, pilot):
        assert not bench_of(app).incident.is_told
        await pilot.press("ctrl+s")
        assert "nothing to report yet" in text_of(app)
        await pilot.press("space", "j", "enter")
        await rested(app, pilot)
        assert bench_of(app).incident.symptom.kind.value == "timeout"
        bench_of(app).incident.ask_for("psql-nowhere")
        app.paint()
        await rested(app, pilot)
        await rested(app, pilot)
        assert "psql-nowhere" in text_of(app)
        assert bench_of(app).incident.trouble


async def test_path_and_drill_are_shown_and_the_report_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with on_demo("6", size=(80, 24)) as (app, pilot):
        client, server = "onprem:192.168.130.0/24", "psql-crm-prod-neu"
        bench_of(app).incident.begin(client=client, server=server, error="timeout")
        assert RESOLVERS[client]
        app.paint()
        await rested(app, pilot)
        for wanted, told in ((RowKind.PATH, "┌ client"), (RowKind.DRILL, "Fail over")):
            kinds = [one.kind for one in bench_of(app).triage_rows]
            app.front_list().go(kinds.index(wanted))
            await rested(app, pilot)
            await rested(app, pilot)
            assert told in text_of(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_reporting)
    kept = sorted(tmp_path.iterdir())
    assert [one.suffix for one in kept] == [".html", ".json", ".md"]
    assert all(one.stat().st_mode & 0o077 == 0 for one in kept)
    assert "rt-pg-crm-neu" in kept[2].read_text()
    assert parse(kept[1].read_bytes(), "x").case.server == server
