"""View 7: what differs between two snapshots, by keys alone, and what a reader sees of it."""

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.searching import SearchScreen
from pgtopo.views.changes.bench import ChangesBench
from pgtopo.views.changes.rows import RowKind
from pgtopo.views.state import Tab, View
from tests.thorough import some
from tests.tui.screen import (
    CONTOSO,
    HEALTHY,
    compare,
    on_demo,
    opened,
    rested,
    settled,
    text_of,
    until,
)

SIZES = [(80, 24), (120, 40), (200, 60)]


def changes_of(app: PgtopoApp) -> ChangesBench:
    assert isinstance(app.bench, ChangesBench)
    return app.bench


async def compared(app: PgtopoApp, pilot: Pilot[None], path: str) -> None:
    app.compare_with(path)
    await until(pilot, lambda: app.comparing is None)
    await rested(app, pilot)


@pytest.mark.parametrize("size", some(SIZES, 2), ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_demo_against_the_estate_without_faults(size: tuple[int, int]) -> None:
    name = f"{size[0]}x{size[1]}"
    async with on_demo("7", size=size) as (app, pilot):
        compare(f"changes-none-{name}", text_of(app))
        await compared(app, pilot, HEALTHY)
        compare(f"changes-all-{name}", text_of(app))
        await pilot.press("n")
        await rested(app, pilot)
        compare(f"changes-lost-{name}", text_of(app))
        await type_in_filter(app, pilot, "is:changed nsg")
        await pilot.press("n")
        await rested(app, pilot)
        compare(f"changes-changed-{name}", text_of(app))


async def type_in_filter(app: PgtopoApp, pilot: Pilot[None], words: str) -> None:
    await pilot.press("slash")
    for letter in words:
        await pilot.press({" ": "space"}.get(letter, letter))
    await pilot.press("enter")
    await rested(app, pilot)


async def test_from_a_lost_verdict_to_its_path_and_to_everything_on_it() -> None:
    async with on_demo() as (app, pilot):
        await compared(app, pilot, HEALTHY)
        await pilot.press("n", "t")
        await rested(app, pilot)
        bench = changes_of(app)
        assert bench.view is View.ESTATE
        assert bench.state.tab is Tab.PATH
        assert "✖ BLOCKED" in text_of(app)
        await pilot.press("7")
        await rested(app, pilot)
        assert "On the path only" in text_of(app)
        some = [row for row in bench.changes_rows if row.is_change]
        await pilot.press("v")
        await rested(app, pilot)
        assert 0 < len(some) < len([row for row in bench.changes_rows if row.is_change])
        await pilot.press("n", "e")
        await rested(app, pilot)
        assert bench.view is View.ESTATE


async def test_a_snapshot_is_chosen_by_keys_stopped_and_compared(tmp_path: Path) -> None:
    async with on_demo("7", "enter") as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await pilot.press(*"none.json", "enter")
        await until(pilot, lambda: bool(changes_of(app).changes.trouble))
        await rested(app, pilot)
        assert "none.json" in changes_of(app).changes.trouble
        assert "Could not compare" in text_of(app)
        app.compare_with(HEALTHY)
        app.action_cancel()
        assert app.comparing is None
        await rested(app, pilot)
        assert app.note == "comparing was stopped"
        await compared(app, pilot, HEALTHY)
        assert "Access lost" in text_of(app)
        await pilot.press("colon", *"compare with an")
        await until(pilot, lambda: "compare with another snapshot ..." in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))


async def test_what_is_read_again_is_compared_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document = json.loads(Path(HEALTHY).read_bytes())
    path = tmp_path / "estate.json"
    path.write_text(json.dumps(document))
    async with opened("estate.json", select=("PGT801",)) as (app, pilot):
        await compared(app, pilot, CONTOSO)
        assert "Access gained" in text_of(app)
        path.write_text(json.dumps(document | {"created_at": "2026-11-21T10:00:00Z"}))
        await pilot.press("r")
        await settled(app, pilot)
        await until(pilot, lambda: not changes_of(app).changes.is_stale and not app.comparing)
        await rested(app, pilot)
        assert "2026-11-20 09:12Z → 2026-11-21 10:00Z" in text_of(app)


async def test_names_of_the_other_snapshot_are_hidden_too() -> None:
    async with on_demo("p", size=(200, 60)) as (app, pilot):
        await until(pilot, lambda: app.is_veiled)
        await compared(app, pilot, HEALTHY)
        bench = changes_of(app)
        for kind in (RowKind.HEAD, RowKind.TURN, RowKind.CAME, RowKind.CHANGED, RowKind.REMOVED):
            row = next(one for one in bench.changes_rows if one.kind is kind)
            bench.moved_in_changes(bench.changes_rows.index(row))
            app.paint()
            await rested(app, pilot)
            screen = text_of(app)
            for name in ("contoso.", "vnet-", "psql-", "snet-", "rg-", "nsg-pg"):
                assert name not in screen, (row, name)


async def test_a_comparison_never_lands_on_another_estate() -> None:
    async with opened(CONTOSO, select=("PGT801",)) as (app, pilot):
        app.compare_with(HEALTHY)
        job = app.comparing
        assert job is not None
        app.open((HEALTHY,))
        await settled(app, pilot)
        await until(pilot, lambda: app.comparing is None)
        await rested(app, pilot)
        assert job.is_stopped
        assert job.desk is not changes_of(app).desk
        assert changes_of(app).changes.found is None


async def test_without_times_the_order_is_called_a_guess_and_can_be_swapped(tmp_path: Path) -> None:
    paths = []
    for name, source in (("broken.json", CONTOSO), ("fine.json", HEALTHY)):
        document = json.loads(Path(source).read_bytes())
        del document["created_at"]
        paths.append(tmp_path / name)
        paths[-1].write_text(json.dumps(document))
    async with opened(str(paths[0]), select=("PGT801",), keys=("7",)) as (app, pilot):
        await pilot.press("s")
        assert "nothing is compared yet" in app.note
        await compared(app, pilot, str(paths[1]))
        screen = text_of(app)
        assert "fine.json → broken.json" in screen
        assert "This order is a guess: s swaps it" in screen
        assert "Access lost" in screen
        await pilot.press("s")
        await until(pilot, lambda: app.comparing is None)
        await rested(app, pilot)
        screen = text_of(app)
        assert "broken.json → fine.json" in screen
        assert "Access gained" in screen
        found = changes_of(app).changes.found
        assert found is not None
        assert found.before is changes_of(app).desk.facts


async def test_times_that_say_the_order_are_not_overruled(tmp_path: Path) -> None:
    path = tmp_path / "earlier.json"
    document = json.loads(Path(HEALTHY).read_bytes())
    path.write_text(json.dumps(document | {"created_at": "2026-11-19T10:00:00Z"}))
    async with on_demo("7") as (app, pilot):
        await compared(app, pilot, str(path))
        assert "is a guess" not in text_of(app)
        await pilot.press("s")
        assert "the times of the two say which is the earlier one" in app.note


async def test_only_files_that_may_hold_an_estate_are_offered(tmp_path: Path) -> None:
    for name, source in (("now.json", CONTOSO), ("then.json", HEALTHY)):
        (tmp_path / name).write_bytes(Path(source).read_bytes())
    (tmp_path / "package.json").write_text('{"name": "web", "version": "1.0.0"}')
    (tmp_path / "odd.json.zst").write_bytes(b"no such packing")
    async with opened(str(tmp_path / "now.json"), select=("PGT801",), keys=("7", "enter")) as (
        app,
        pilot,
    ):
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await rested(app, pilot)
        screen = text_of(app)
        assert "then.json" in screen
        assert "package.json" not in screen
        assert "odd.json" not in screen
