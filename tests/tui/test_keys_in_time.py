"""Keys that come while something behind the screen ends, or is painted, are not lost."""

import pytest

from pgtopo.session import open_files
from pgtopo.tui import app as front
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.opening import Judged, Opened
from pgtopo.tui.panes.changes import ChangeList
from pgtopo.tui.panes.grid import GridList
from pgtopo.tui.panes.map import MapPane
from pgtopo.tui.panes.problems import ProblemList
from pgtopo.tui.panes.triage import TriageList
from pgtopo.tui.row_list import RowList
from pgtopo.views.desk import Desk
from pgtopo.views.judgement import judge
from tests.tui.screen import CONTOSO, HEALTHY, SELECT, on_demo, rested, until


@pytest.mark.parametrize(("key", "kind"), [("2", ProblemList), ("6", TriageList)])
async def test_a_cursor_stays_where_it_went_although_all_is_painted_at_once(
    key: str, kind: type[RowList[object]]
) -> None:
    async with on_demo(key) as (app, _):
        shown = app.query_one(kind)
        before = shown.cursor
        shown.action_down()
        app.paint()
        assert shown.cursor == before + 1


async def test_so_does_the_cursor_of_the_changes() -> None:
    async with on_demo("7") as (app, pilot):
        app.compare_with(HEALTHY)
        await until(pilot, lambda: app.comparing is None)
        await rested(app, pilot)
        shown = app.query_one(ChangeList)
        before = shown.cursor
        shown.action_down()
        app.paint()
        assert shown.cursor == before + 1


@pytest.mark.parametrize("key", ["3", "5"])
async def test_a_list_that_was_awaited_shows_without_another_wait(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_files([CONTOSO])
    desk = Desk(session.facts, files=("demo.json",), workshop=session)
    app = PgtopoApp()
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(Opened(desk))
        app.post_message(Judged(desk, judge(desk, session.findings(SELECT).findings), ""))
        await rested(app, pilot)
        monkeypatch.setattr(front, "REST_S", 3600.0)
        await pilot.press(key)
        await until(pilot, lambda: not app.grid_background.is_busy)
        pane = app.query_one(GridList if key == "3" else MapPane)
        assert pane.row_count
        await pilot.press("j", "j")
        assert app.bench is not None
        assert app.bench.state.place.id
        if isinstance(pane, GridList):
            assert pane.cursor == 2
