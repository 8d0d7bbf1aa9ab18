"""The map: what a reader sees at three sizes, byte for byte, and what every key does."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from pgtopo.model.ids import name_of
from pgtopo.session import Session, open_files
from pgtopo.sources.load import load_rows
from pgtopo.tui import layout
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.keys import Where, of
from pgtopo.tui.opening import Judged, Opened
from pgtopo.tui.panes.map import MapPane
from pgtopo.views.desk import Desk
from pgtopo.views.judgement import Judgement, judge
from pgtopo.views.map.bench import MapBench
from pgtopo.views.map.board import PATH
from pgtopo.views.state import View
from tests.thorough import some
from tests.tui.screen import (
    CONTOSO,
    HEALTHY,
    SELECT,
    compare,
    demo,
    pressed,
    rested,
    text_of,
    until,
)
from tests.views.map import estate

SIZES = [(80, 24), (120, 40), (200, 60)]
by_size = pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
PEERINGS = "microsoft.network/virtualnetworks/virtualnetworkpeerings"

Shown = tuple[Desk, Judgement]


def judged(session: Session) -> Shown:
    desk = Desk(session.facts, files=("estate.json",))
    return desk, judge(desk, session.findings(SELECT).findings)


@cache
def healthy() -> Shown:
    return judged(open_files([HEALTHY]))


@cache
def empty() -> Shown:
    return judged(Session(load_rows([], coverage=[])))


@cache
def partial() -> Shown:
    """The demo estate of a login that may not read networks' peerings in one subscription."""
    document = json.loads(Path(CONTOSO).read_bytes())
    scope = next(
        row["id"].split("/resourceGroups")[0]
        for row in document["rows"]
        if row["name"] == "vnet-reports-neu"
    )
    for row in document["rows"]:
        properties: Any = row.get("properties")
        if scope in row["id"] and isinstance(properties, dict):
            properties.pop("virtualNetworkPeerings", None)
    gone = {"kind": PEERINGS, "scope": scope, "status": "denied", "detail": "AuthorizationFailed"}
    kept = [row for row in document["rows"] if scope not in row["id"] or row["type"] != PEERINGS]
    return judged(Session(load_rows(kept, coverage=[*document["coverage"], gone])))


@cache
def small() -> Shown:
    desk = estate.desk(estate.many(70))
    return desk, Judgement(desk.problems, {}, (), {})


@asynccontextmanager
async def on(
    shown: Shown, *keys: str, size: tuple[int, int] = (120, 40), is_ascii: bool = False
) -> AsyncIterator[tuple[PgtopoApp, Pilot[None]]]:
    app = PgtopoApp(is_ascii=is_ascii)
    async with app.run_test(size=size) as pilot:
        app.post_message(Opened(shown[0]))
        app.post_message(Judged(*shown, ""))
        await rested(app, pilot)
        await press(app, pilot, *keys)
        yield app, pilot


async def press(app: PgtopoApp, pilot: Pilot[None], *keys: str) -> None:
    await pressed(app, pilot, *keys)
    app.note = ""
    app.paint()
    await rested(app, pilot)


def bench_of(app: PgtopoApp) -> MapBench:
    assert isinstance(app.bench, MapBench)
    return app.bench


def here(app: PgtopoApp) -> str:
    return name_of(bench_of(app).state.place.id)


async def seen(
    app: PgtopoApp, pilot: Pilot[None], name: str, scenes: dict[str, tuple[str, ...]]
) -> None:
    """Go through scenes and compare each with its golden screen; all differences are told."""
    width, height = app.size
    wrong = []
    for scene, keys in scenes.items():
        await press(app, pilot, *keys)
        try:
            compare(f"map-{name}-{scene}-{width}x{height}", text_of(app))
        except AssertionError as difference:
            wrong.append(str(difference))
    assert not wrong


DEMO = {
    "whole": ("5", "j", "l"),
    "close": ("z",),
    "around": ("z", "z", "v"),
    "faults": ("escape", "f"),
}


@by_size
async def test_the_map_of_the_demo(size: tuple[int, int]) -> None:
    async with on(demo(), size=size) as (app, pilot):
        await seen(app, pilot, "demo", DEMO)
        bench = bench_of(app)
        bench.ends.type_client("snet-app-portal")
        server = next(
            one.id
            for one in bench.desk.topology.resources()
            if one.name == "psql-inventory-prod-weu"
        )
        bench.ends.mark(bench.desk.topology.find(server))
        await seen(app, pilot, "demo", {"path": ("f", "t")})


@pytest.mark.parametrize("size", some(SIZES, 3), ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("name", ["healthy", "empty", "partial"])
async def test_the_map_of_other_estates(size: tuple[int, int], name: str) -> None:
    shown = {"healthy": healthy, "empty": empty, "partial": partial}[name]()
    async with on(shown, size=size) as (app, pilot):
        await seen(app, pilot, name, {"whole": ("5",)})


async def test_the_map_in_plain_characters() -> None:
    async with on(demo(), "5", size=(80, 24), is_ascii=True) as (app, _):
        text = text_of(app)
        assert text.isascii()
        compare("map-ascii-80x24", text)


async def test_the_map_on_a_small_terminal() -> None:
    async with on(demo(), "5", size=(50, 15)) as (app, _):
        compare("map-small-50x15", text_of(app))


async def test_moving_goes_from_box_to_box_and_the_details_follow() -> None:
    async with on(demo(), "5", size=(200, 60)) as (app, pilot):
        steps = {
            "j": "lgw-office-neu",
            "right": "vnet-mobile-neu",
            "h": "lgw-office-neu",
            "up": "vnet-hub-neu",
        }
        for key, name in steps.items():
            await press(app, pilot, key)
            assert here(app) == name
        await press(app, pilot, "G")
        assert bench_of(app).board.cursor == "outside"
        await press(app, pilot, "g", "pagedown")
        assert here(app) != "vnet-hub-neu"
        await press(app, pilot, "pageup")
        assert "vnet-hub-neu  virtual network" in text_of(app)


async def test_opening_around_and_the_way_back() -> None:
    async with on(demo(), "5", "j", "l", "v", size=(80, 24)) as (app, pilot):
        assert "around vnet-mobile-neu" in text_of(app)
        await press(app, pilot, "escape")
        assert bench_of(app).board.focus == ""
        assert here(app) == "vnet-mobile-neu"
        await press(app, pilot, "enter")
        assert app.front == layout.RIGHT
        assert "10.41.80.0/20" in text_of(app)
        await press(app, pilot, "tab")
        assert isinstance(app.focused, MapPane)
        await press(app, pilot, "e")
        assert bench_of(app).view is View.ESTATE
        assert here(app) == "vnet-mobile-neu"
        await press(app, pilot, "left_square_bracket")
        assert bench_of(app).view is View.MAP
        assert here(app) == "vnet-mobile-neu"


async def test_the_path_between_the_marked_ends() -> None:
    async with on(demo(), "v", "v", "j", "j", "m", "5", "t") as (app, pilot):
        assert bench_of(app).board.focus == ""
        bench_of(app).ends.type_client("snet-app-dev")
        await press(app, pilot, "t")
        assert bench_of(app).board.focus == PATH
        assert "client snet-app-dev" in text_of(app)
        assert isinstance(app.focused, MapPane)
        await press(app, pilot, "v")
        assert bench_of(app).board.focus == ""


async def test_space_opens_a_bundle_and_closes_it() -> None:
    async with on(small(), "5", "G") as (app, pilot):
        await press(app, pilot, "space")
        assert bench_of(app).board.opened
        await press(app, pilot, "space")
        assert not bench_of(app).board.opened


async def test_faults_filter_and_hits() -> None:
    async with on(demo(), "5", "n") as (app, pilot):
        first = bench_of(app).board.cursor
        await press(app, pilot, "n")
        assert bench_of(app).board.cursor != first
        await press(app, pilot, "N", "f")
        assert bench_of(app).board.cursor == first
        assert bench_of(app).sieve.is_faults_only
        await press(app, pilot, "f", "slash", *"crm", "enter")
        text = text_of(app)
        assert "vnet-crm-neu" in text
        assert "vnet-sandbox-weu" not in text
        assert "hidden by filter" in text
        await press(app, pilot, "escape", "slash", *"zzz", "enter")
        assert "No network fits" in text_of(app)
        await press(app, pilot, "escape")
        assert not bench_of(app).sieve


async def test_the_mouse_and_other_sizes() -> None:
    async with on(demo(), "5", size=(200, 60)) as (app, pilot):
        pane = app.query_one(MapPane)
        box = bench_of(app).board.made(pane.row_width).drawing.boxes[2]
        at = (box.x + 2, box.y + 1 + pane.head_rows)
        await pilot.click(pane, offset=at)
        await rested(app, pilot)
        assert bench_of(app).board.cursor == box.key
        name = here(app)
        for size in ((80, 24), (40, 12), (120, 40)):
            await pilot.resize_terminal(*size)
            await rested(app, pilot)
            assert here(app) == name
            assert bench_of(app).map_width == pane.row_width
            assert max(map(len, text_of(app).split("\n"))) <= size[0]
        again = bench_of(app).board.made(pane.row_width).drawing.box(box.key)
        assert again is not None
        await pilot.click(pane, offset=(again.x + 2, again.y + 1 + pane.head_rows - pane.top))
        await rested(app, pilot)
        assert app.front == layout.RIGHT


async def test_names_are_hidden_on_the_map_too_and_every_key_has_its_action() -> None:
    async with on(demo(), "5", "p", size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: app.is_veiled)
        await press(app, pilot, "v")
        text = text_of(app)
        assert "vnet-hub-neu" not in text
        assert "10.40." not in text
        pane = app.query_one(MapPane)
        for action in of(Where.MAP):
            assert hasattr(pane, f"action_{action.name}"), action.name
