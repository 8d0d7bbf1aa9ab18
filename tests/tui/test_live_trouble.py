"""Asking Azure goes wrong, or is stopped: the screen stays of use and says what next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pgtopo.model.server import FlexibleServer
from pgtopo.tui.live_opening import LiveOpening
from tests.tui.live import Azure, answered, azure, desk_of, live, small
from tests.tui.screen import rested, text_of, until


@pytest.fixture
def cloud() -> Iterator[Azure]:
    with azure(small()) as made:
        yield made


# -- what goes wrong --------------------------------------------------------------------------


async def test_an_endpoint_that_is_not_there_is_explained_and_can_be_asked_again() -> None:
    with azure() as cloud:
        request = cloud.request
    async with live(request, size=(100, 30)) as (app, pilot):
        await until(pilot, lambda: "Could not ask" in text_of(app))
        assert app.failure == 3
        assert "r asks again" in text_of(app)
        assert app.bench is None
        await pilot.press("escape")
        await rested(app, pilot)
        assert "Look at your own" in text_of(app)


async def test_a_refresh_that_fails_leaves_the_estate_on_the_screen(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        cloud.is_locked = True
        await pilot.press("r")
        await until(pilot, lambda: "Not refreshed" in text_of(app))
        assert "2 servers" in text_of(app)
        assert app.failure == 3
        cloud.is_locked = False
        await pilot.press("r")
        await until(pilot, lambda: "Nothing changed" in text_of(app))
        assert app.failure == 0


async def test_what_was_denied_is_told_and_asked_for_again_with_one_key(cloud: Azure) -> None:
    cloud.stand_in.manager.denied = {"firewallrules"}
    async with live(cloud.request, size=(160, 40)) as (app, pilot):
        await answered(app, pilot)
        screen = text_of(app)
        assert "PARTIAL" in screen
        assert "R asks for the rest" in screen
        cloud.stand_in.manager.denied = set()
        seen = len(cloud.stand_in.calls)
        before = desk_of(app)
        await pilot.press("R")
        await until(pilot, lambda: app.bench is not None and app.bench.desk is not before)
        await answered(app, pilot)
        assert "PARTIAL" not in text_of(app)
        asked = [call for call in cloud.stand_in.calls[seen:] if not call.is_query]
        assert asked
        assert all("firewallrules" in call.path.lower() for call in asked)
        await pilot.press("R")
        await rested(app, pilot)
        assert "all that was asked for was read" in text_of(app)


# -- stopping ---------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", [1, 6, 20])
async def test_stopping_frees_the_screen_while_azure_still_keeps_silent(
    cloud: Azure, moment: int
) -> None:
    cloud.hold(moment)
    async with live(cloud.request, size=(100, 30)) as (app, pilot):
        await until(pilot, cloud.is_held.is_set)
        await pilot.press("escape")
        await pilot.pause()
        screen = text_of(app)
        assert "Stopped asking" in screen or "PARTIAL" in screen
        await answered(app, pilot)
        assert not cloud.go_on.is_set()
        if app.bench is None:
            assert "Nothing had come in yet" in text_of(app)
        else:
            assert app.look is not None
            assert app.look.is_stopped
            assert "R asks for the rest" in text_of(app)
            assert "PARTIAL" in text_of(app)
        await pilot.press("question_mark")
        await pilot.pause(0.05)
        assert "In every list" in text_of(app)
        await pilot.press("escape")
        await rested(app, pilot)


async def test_the_rest_of_what_was_stopped_is_asked_for_with_one_key(cloud: Azure) -> None:
    cloud.hold(20)
    async with live(cloud.request) as (app, pilot):
        await until(pilot, cloud.is_held.is_set)
        await pilot.press("escape")
        await answered(app, pilot)
        before = desk_of(app)
        cloud.release()
        await pilot.press("R")
        await until(pilot, lambda: app.bench is not None and app.bench.desk is not before)
        await answered(app, pilot)
        assert len(desk_of(app).topology.all(FlexibleServer)) == 2
        assert "PARTIAL" not in text_of(app)


async def test_stopping_a_refresh_keeps_what_is_on_the_screen(cloud: Azure, tmp_path: Path) -> None:
    async with live(cloud.request, folder=tmp_path / "kept") as (app, pilot):
        await answered(app, pilot)
        before = desk_of(app)
        store = app.live.store
        assert store is not None
        kept = store.entries()
        cloud.hold(8)
        await pilot.press("r")
        await until(pilot, cloud.is_held.is_set)
        await pilot.press("escape")
        await pilot.pause()
        assert "Refresh stopped" in text_of(app)
        await answered(app, pilot)
        assert desk_of(app) is before
        assert store.entries() == kept


async def test_what_comes_late_does_not_take_the_user_from_the_start_screen(cloud: Azure) -> None:
    cloud.hold(15)
    async with live(cloud.request) as (app, pilot):
        await until(pilot, cloud.is_held.is_set)
        asking = app.opening
        assert isinstance(asking, LiveOpening)
        app.action_cancel()
        app.action_cancel()
        await until(pilot, lambda: not asking.is_running)
        await rested(app, pilot)
        assert "Look at your own" in text_of(app)
        assert app.bench is None
