"""Live data in the interface, against a stand-in for Azure with the demo estate behind it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pgtopo.model.patch import Action, Op, Patch
from pgtopo.model.server import FlexibleServer
from pgtopo.session import open_files, open_held
from pgtopo.sources.azure.request import DeviceCode, Progress, Request, Stage
from pgtopo.sources.cache import folder as place
from pgtopo.sources.cache.store import About, Kept, Store
from pgtopo.sources.load import load_files
from pgtopo.sources.streams import ZSTD
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.live_opening import LiveOpening
from pgtopo.views.desk import Desk
from tests.tui.live import Azure, answered, azure, change, desk_of, drawn, live, small
from tests.tui.screen import CONTOSO, rested, text_of, until


@pytest.fixture
def cloud() -> Iterator[Azure]:
    with azure(small()) as made:
        yield made


async def test_live_data_shows_the_same_estate_as_the_snapshot() -> None:
    with azure() as cloud:
        async with live(cloud.request) as (app, pilot):
            await answered(app, pilot)
            assert "LIVE now" in text_of(app)
            assert "29 servers" in text_of(app)
            desk = desk_of(app)
            file = open_files([CONTOSO])
            assert drawn(desk) == drawn(Desk(file.facts))
            found = open_held("live", app.look.snapshot if app.look else b"").findings()
            assert {one.key for one in found.findings} == {
                one.key for one in file.findings().findings
            }


async def test_rows_are_kept_for_json_and_for_changes_on_a_copy(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        desk = desk_of(app)
        server = desk.topology.all(FlexibleServer)[0]
        assert desk.raw is not None
        assert server.origin is not None
        raw: Any = desk.raw(server.origin)
        assert raw["id"].lower() == server.id
        await pilot.press("j", "y")
        await rested(app, pilot)
        assert '"id": "/subscriptions/' in text_of(app)
        session = open_held("live", app.look.snapshot if app.look else b"")
        patch = Patch(ops=(Op(op=Action.DELETE_ROW, id=server.id),))
        assert session.patched(patch).find(server.id) is None


async def test_a_known_scope_is_there_at_once_and_then_refreshed(
    cloud: Azure, tmp_path: Path
) -> None:
    home = tmp_path / "kept"
    async with live(cloud.request, folder=home) as (app, pilot):
        await answered(app, pilot)
    cloud.hold(1)
    async with live(cloud.request, folder=home) as (app, pilot):
        await until(pilot, lambda: app.bench is not None)
        await until(pilot, cloud.is_held.is_set)
        await pilot.pause(0.3)
        screen = text_of(app)
        assert "LIVE now STALE" in screen
        assert "2 servers" in screen
        assert "Refreshing" in screen
        cloud.release()
        await answered(app, pilot)
        screen = text_of(app)
        assert "STALE" not in screen
        assert "Nothing changed since" in screen
        await pilot.press("escape")
        await rested(app, pilot)
        assert "Nothing changed since" not in text_of(app)


async def test_a_refresh_tells_what_changed_and_stays_where_the_user_is(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        before = desk_of(app)
        server = before.topology.all(FlexibleServer)[0]
        gone = before.topology.all(FlexibleServer)[-1]
        app.go_to(server.id)
        await rested(app, pilot)
        change(cloud, server.id, state="Stopped")
        cloud.stand_in.estate.remove(gone.id)
        await pilot.press("r")
        await until(pilot, lambda: app.bench is not None and app.bench.desk is not before)
        await answered(app, pilot)
        screen = text_of(app)
        assert "Changed since" in screen
        assert "1 flexible server changed" in screen
        assert "1 flexible server gone" in screen
        assert app.bench is not None
        assert app.bench.state.place.id == server.id


async def test_the_marked_path_is_traced_again(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        assert app.bench is not None
        server = next(
            one for one in app.bench.desk.topology.all(FlexibleServer) if one.name == "psql-orders"
        )
        app.bench.ends.type_client("snet-app")
        app.go_to(server.id)
        await pilot.press("t")
        await rested(app, pilot)
        for state, told in (
            ("Stopped", "the path is BLOCKED now, was ALLOWED"),
            ("Disabled", "the path is still BLOCKED"),
        ):
            change(cloud, server.id, state=state)
            await pilot.press("r")
            await until(pilot, lambda told=told: told in text_of(app))  # type: ignore[misc]
            await answered(app, pilot)


async def test_what_is_new_waits_until_what_if_is_left(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        before = desk_of(app)
        change(cloud, before.topology.all(FlexibleServer)[0].id, state="Stopped")
        cloud.hold(5)
        await pilot.press("r")
        await until(pilot, cloud.is_held.is_set)
        app.is_trying = True
        cloud.release()
        await until(pilot, lambda: app.waiting is not None)
        assert desk_of(app) is before
        assert "it is shown when what-if is left" in text_of(app)
        app.is_trying = False
        app.age()
        await rested(app, pilot)
        assert desk_of(app) is not before
        assert "1 flexible server changed" in text_of(app)


async def test_hidden_names_stay_hidden_in_what_is_new(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        before = desk_of(app)
        await pilot.press("p")
        await until(pilot, lambda: app.is_veiled)
        await rested(app, pilot)
        assert "psql-orders" not in text_of(app)
        change(cloud, before.topology.all(FlexibleServer)[0].id, state="Stopped")
        await pilot.press("r")
        await until(pilot, lambda: desk_of(app) is not before)
        await answered(app, pilot)
        assert app.is_veiled
        assert "psql-" not in text_of(app)
        assert "vnet-app" not in text_of(app)


# -- logging in, starting, saving -------------------------------------------------------------


async def test_a_device_code_is_shown_inside_the_interface(cloud: Azure) -> None:
    code = DeviceCode("https://microsoft.com/devicelogin", "ABCD-EFGH", "")
    async with live(size=(100, 30)) as (app, pilot):
        app.opening = asking = LiveOpening(app, Request(), Store(None))
        asking.take_code(code)
        asking.hear(Progress(stage=Stage.LOGIN))
        await pilot.pause(0.05)
        screen = text_of(app)
        assert "https://microsoft.com/devicelogin" in screen
        assert "ABCD-EFGH" in screen
        await pilot.press("j", "j", "j", "j", "ctrl+y")
        asking.hear(Progress(stage=Stage.GRAPH, query="servers", rows=3))
        await pilot.pause(0.05)
        assert "ABCD-EFGH" not in text_of(app)
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
        app.opening = asking = LiveOpening(app, Request(), Store(None))
        asking.take_code(code)
        await pilot.pause(0.05)
        assert "ABCD-EFGH" in text_of(app).splitlines()[1]


async def test_live_data_is_saved_as_a_snapshot_for_the_owner(
    cloud: Azure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with live(cloud.request, size=(200, 40)) as (app, pilot):
        await answered(app, pilot)
        await app.run_action("save_snapshot")
        await until(pilot, lambda: "saved for you alone" in text_of(app))
    (made,) = tmp_path.glob("pgtopo-*.json.zst")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    loaded = load_files([made]).topology
    wanted = {row["id"].lower() for row in cloud.stand_in.estate.all()}
    assert wanted <= {one.id for one in loaded.resources()}
    assert loaded.coverage.is_read(FlexibleServer.KIND, loaded.all(FlexibleServer)[0].id)


async def test_files_cannot_be_saved_again() -> None:
    app = PgtopoApp([CONTOSO], select=("PGT101",))
    async with app.run_test(size=(120, 40)) as pilot:
        await answered(app, pilot)
        await app.run_action("save_snapshot")
        await rested(app, pilot)
        assert "only live data can be saved" in text_of(app)


async def test_the_start_screen_offers_what_was_asked_before(cloud: Azure, tmp_path: Path) -> None:
    home = tmp_path / "kept"
    async with live(cloud.request, folder=home) as (app, pilot):
        await answered(app, pilot)
    usual = Request(arm_endpoint="http://127.0.0.1:9")
    async with live(folder=home, usual=usual) as (app, pilot):
        await until(pilot, lambda: bool(app.kept_scopes))
        await rested(app, pilot)
        screen = text_of(app)
        assert "all subscriptions in the stand-in at 127.0.0.1:9" in screen
        assert "9 rows, now" in screen
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.bench is not None)
        await answered(app, pilot)
        assert "2 servers" in text_of(app)


async def test_nothing_is_kept_without_a_cache(cloud: Azure) -> None:
    async with live(cloud.request) as (app, pilot):
        await answered(app, pilot)
    assert not place.default_folder().exists()


async def test_a_cache_that_cannot_be_used_is_told_and_changes_nothing(
    cloud: Azure, tmp_path: Path
) -> None:
    home = tmp_path / "kept"
    home.mkdir()
    (home / "cache.db").write_bytes(b"garbage" * 999)
    async with live(cloud.request, folder=home, size=(200, 40)) as (app, pilot):
        await answered(app, pilot)
        screen = text_of(app)
        assert "2 servers" in screen
        assert "not kept for the next run" in screen


@pytest.mark.parametrize("packed", [b"", ZSTD + b"cut"])
async def test_a_kept_result_that_cannot_be_read_is_asked_for_anew(
    cloud: Azure, tmp_path: Path, packed: bytes
) -> None:
    home = tmp_path / "kept"
    about = About(request=cloud.request, created_at="2026", label="x", rows=1, size=1)
    Store(home).put(Kept(about=about, snapshot=packed))
    async with live(cloud.request, folder=home) as (app, pilot):
        await answered(app, pilot)
        screen = text_of(app)
        assert "2 servers" in screen
        assert "Read 9 rows" in screen
    assert Store(home).entries()[0].rows == 9
