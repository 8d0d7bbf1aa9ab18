"""Golden screens at three sizes: what a reader sees, byte for byte.

One run of the app per snapshot and size walks through every view, so that the time goes into
looking, not into opening.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from pgtopo.tui.app import PgtopoApp
from tests.thorough import some
from tests.tui.screen import CONTOSO, SNAPSHOTS, compare, opened, rested, text_of

SIZES = [(80, 24), (120, 40), (200, 60)]
by_size = pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
by_some_size = pytest.mark.parametrize("size", some(SIZES, 3), ids=lambda s: f"{s[0]}x{s[1]}")
"""For estates that show what the demo shows in other words."""

DEMO = "contoso/snapshot.json"
HEALTHY = "healthy/snapshot.json"

TAB = "full_stop"


class Scene(NamedTuple):
    """Keys that lead from the scene before to this one."""

    name: str
    keys: tuple[str, ...]


EVERY_VIEW = (
    Scene("estate", ()),
    Scene("findings", ("2", "j")),
    Scene("reach", ("3", "j", "l", "l")),
    Scene("names", ("4", "j")),
)

DEMO_SCENES = (
    *EVERY_VIEW,
    Scene("alike", ("3", "v", "s")),
    Scene("faults", ("1", "f", "n", "n", "n")),
    Scene("server", ("f", "v", "v", "g", "j", "j", "enter", "l", "tab")),
    Scene("path", ("m", "M", *"snet-app-dev", "enter")),
    Scene("server-names", (TAB,)),
    Scene("filters", (TAB,)),
    Scene("routes", (TAB,)),
    Scene("addresses", (TAB,)),
    Scene("server-findings", (TAB,)),
    Scene("server-changes", (TAB,)),
    Scene("used-by", (TAB,)),
    Scene("json", (TAB,)),
    Scene("help", ("question_mark",)),
)


@pytest.fixture(autouse=True)
def _beside_the_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SNAPSHOTS)


async def walk(
    app: PgtopoApp, pilot: Pilot[None], name: str, scenes: tuple[Scene, ...]
) -> list[str]:
    """Go through scenes and compare each; returns what differed, so that all are told at once."""
    width, height = app.size
    wrong = []
    for scene in scenes:
        for key in scene.keys:
            await pilot.press(key)
            if key in ("3", "4"):
                await rested(app, pilot)
        await rested(app, pilot)
        app.note = ""
        app.paint()
        await pilot.pause()
        try:
            compare(f"{name}-{scene.name}-{width}x{height}", text_of(app))
        except AssertionError as difference:
            wrong.append(str(difference))
    return wrong


@by_size
async def test_demo(size: tuple[int, int]) -> None:
    async with opened(DEMO, size=size) as (app, pilot):
        assert not await walk(app, pilot, "demo", DEMO_SCENES)


@by_some_size
async def test_healthy(size: tuple[int, int]) -> None:
    async with opened(HEALTHY, size=size) as (app, pilot):
        assert not await walk(app, pilot, "healthy", EVERY_VIEW)


@by_some_size
async def test_nothing_in_the_file(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "empty.json"
    path.write_text('{"format": "pgtopo.snapshot", "version": 1, "coverage": [], "rows": []}')
    async with opened(path.name, size=size) as (app, pilot):
        assert not await walk(app, pilot, "empty", EVERY_VIEW)


@by_some_size
async def test_partial(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document = json.loads(Path(CONTOSO).read_bytes())
    gaps = {
        "microsoft.authorization/locks": "denied",
        "microsoft.network/privatednszones": "failed",
    }
    for entry in document["coverage"]:
        if entry["kind"] in gaps:
            entry.update(status=gaps[entry["kind"]], detail="AuthorizationFailed")
    kept = [row for row in document["rows"] if row["type"].lower() not in gaps]
    path = tmp_path / "partial.json"
    path.write_text(json.dumps(document | {"rows": kept}))
    async with opened(path.name, size=size) as (app, pilot):
        assert not await walk(app, pilot, "partial", EVERY_VIEW)


@by_size
async def test_start(size: tuple[int, int]) -> None:
    async with opened(size=size) as (app, _):
        app.offers = ("/demo/contoso.json", ("/home/ana/estate-2026-10.json",))
        app.show_start()
        await app.animator.wait_until_complete()
        compare(f"start-{size[0]}x{size[1]}", text_of(app))


@by_size
async def test_a_file_that_breaks_off(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "broken.json"
    path.write_text('{"format": "pgtopo.snapshot", "version": 1, "rows": [{"id": "/subscr')
    async with opened(path.name, size=size) as (app, _):
        compare(f"broken-{size[0]}x{size[1]}", text_of(app))


async def test_plain_characters() -> None:
    async with opened(DEMO, size=(80, 24), is_ascii=True) as (app, pilot):
        scenes = (*EVERY_VIEW, Scene("faults", ("1", "f", "n", "n", "n")))
        assert not await walk(app, pilot, "ascii", scenes)
        assert text_of(app).isascii()


async def test_one_pane_on_a_small_terminal() -> None:
    async with opened(DEMO, size=(50, 15)) as (app, pilot):
        assert "Estate by network" in text_of(app)
        assert "Overview" not in text_of(app)
        await pilot.press("tab")
        await pilot.pause(0.1)
        assert "Overview" in text_of(app)
        assert "Estate by network" not in text_of(app)
        compare("small-50x15", text_of(app))
