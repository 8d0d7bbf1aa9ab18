"""What is there when the first frame is drawn, and what comes with the first estate."""

from __future__ import annotations

import gc

from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.opening import Opened
from pgtopo.tui.pane import Pane
from tests.tui.screen import demo, on_demo, opened, rested, text_of

BARE = {"start-pane", "notice-pane"}


def _panes(app: PgtopoApp) -> list[str]:
    return [str(pane.id) for pane in app.query(Pane)]


async def test_nothing_of_an_estate_is_mounted_while_none_is_open() -> None:
    async with opened() as (app, _pilot):
        assert set(_panes(app)) == BARE
        assert app.front_list().id == "start"


async def test_a_key_for_an_estate_does_nothing_while_none_is_open() -> None:
    keys = ("slash", "2", "3", "5", "6", "7", "tab", "plus", "f", "n", "m", "t", "w", "v", "d")
    async with opened(keys=keys) as (app, _pilot):
        assert set(_panes(app)) == BARE
        assert app.front_list().has_focus


async def test_an_estate_that_comes_before_the_first_frame_is_shown() -> None:
    app = PgtopoApp()
    desk, _ = demo()
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(Opened(desk))
        app.post_message(Opened(desk))
        await rested(app, pilot)
        assert len(_panes(app)) == len(set(_panes(app))) > len(BARE)
        assert app.front_list().has_focus
        assert app.front_list().id == "tree"


async def test_an_estate_that_comes_behind_a_dialog_is_shown_below_it() -> None:
    app = PgtopoApp()
    desk, _ = demo()
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_help()
        app.post_message(Opened(desk))
        await rested(app, pilot)
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        await rested(app, pilot)
        assert "servers" in text_of(app)


async def test_keys_in_a_row_with_the_estate_reach_it() -> None:
    app = PgtopoApp()
    desk, _ = demo()
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(Opened(desk))
        await pilot.press("slash", *"hub")
        await rested(app, pilot)
        assert app.bench is not None
        assert app.bench.sieve.wanted.text == "hub"


async def test_a_window_made_smaller_before_the_estate_comes_shows_one_pane() -> None:
    app = PgtopoApp()
    desk, _ = demo()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.resize_terminal(50, 14)
        app.post_message(Opened(desk))
        await rested(app, pilot)
        assert [pane.id for pane in app.query(Pane) if pane.has_class("on")] == ["tree-pane"]


async def test_an_estate_that_is_read_again_takes_the_panes_that_are_there() -> None:
    async with on_demo() as (app, pilot):
        before = list(app.query(Pane))
        app.post_message(Opened(demo()[0]))
        await rested(app, pilot)
        assert list(app.query(Pane)) == before


async def test_garbage_is_looked_for_once_the_first_frame_is_drawn() -> None:
    gc.disable()
    try:
        async with opened():
            assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
