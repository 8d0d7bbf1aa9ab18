"""Golden screens at three sizes: what a reader sees, byte for byte."""

import json
from pathlib import Path

import pytest

from tests.tui.screen import CONTOSO, SNAPSHOTS, compare, opened, text_of

SIZES = [(80, 24), (120, 40), (200, 60)]
by_size = pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")

DEMO = "contoso/snapshot.json"


@pytest.fixture(autouse=True)
def _beside_the_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SNAPSHOTS)


SCENES = {
    "estate": (),
    "faults": ("f", "n", "n", "n"),
    "findings": ("2", "j"),
    "server": ("v", "v", "j", "j", "enter", "l", "tab"),
    "addresses": ("v", "v", "j", *["full_stop"] * 5),
    "names-of-server": ("v", "v", "j", "j", *["full_stop"] * 2),
    "path": ("v", "v", "j", "j", "m", "M", *"snet-app-dev", "enter"),
    "filters": ("v", "v", "j", "j", *["full_stop"] * 3),
    "routes": ("v", "v", "j", "j", *["full_stop"] * 4),
    "reach": ("3", "j", "l", "l"),
    "names": ("4", "j"),
    "help": ("question_mark",),
}


@by_size
@pytest.mark.parametrize("scene", SCENES)
async def test_demo(size: tuple[int, int], scene: str) -> None:
    async with opened(DEMO, size=size, keys=SCENES[scene]) as (app, _):
        app.note = ""
        app.paint()
        compare(f"demo-{scene}-{size[0]}x{size[1]}", text_of(app))


@by_size
async def test_healthy(size: tuple[int, int]) -> None:
    async with opened("healthy/snapshot.json", size=size) as (app, _):
        compare(f"healthy-{size[0]}x{size[1]}", text_of(app))


@by_size
async def test_nothing_in_the_file(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "empty.json"
    path.write_text('{"format": "pgtopo.snapshot", "version": 1, "coverage": [], "rows": []}')
    async with opened(path.name, size=size) as (app, _):
        compare(f"empty-{size[0]}x{size[1]}", text_of(app))


@by_size
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
    async with opened(path.name, size=size) as (app, _):
        compare(f"partial-{size[0]}x{size[1]}", text_of(app))


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


@pytest.mark.parametrize("scene", ["estate", "faults", "findings"])
async def test_plain_characters(scene: str) -> None:
    async with opened(DEMO, size=(80, 24), keys=SCENES[scene], is_ascii=True) as (app, _):
        text = text_of(app)
        compare(f"ascii-{scene}-80x24", text)
        assert text.isascii()


async def test_one_pane_on_a_small_terminal() -> None:
    async with opened(DEMO, size=(50, 15)) as (app, pilot):
        assert "Estate by network" in text_of(app)
        assert "Overview" not in text_of(app)
        await pilot.press("tab")
        await pilot.pause(0.1)
        assert "Overview" in text_of(app)
        assert "Estate by network" not in text_of(app)
        compare("small-50x15", text_of(app))
