"""Opening files behind the screen: cancelling, hostile names, recent files, leaving."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from pgtopo.tui import recent
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.opening import Opening
from tests.tui.screen import CONTOSO, opened, rested, settled, text_of
from tests.views.test_hostile_views import hostile


async def test_reading_can_be_cancelled() -> None:
    app = PgtopoApp(select=("PGT101",))
    async with app.run_test(size=(80, 24)) as pilot:
        app.opening = Opening(app, (CONTOSO,), assume_complete=False, select=("PGT101",))
        app.opening.cancel()
        app.opening.start()
        await settled(app, pilot)
        assert "Stopped reading snapshot.json" in text_of(app)
        assert app.bench is None


async def test_escape_cancels_what_is_being_read(tmp_path: Path) -> None:
    pipe = tmp_path / "slow.json"
    os.mkfifo(pipe)
    app = PgtopoApp([str(pipe)], select=("PGT101",))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        text = Path(CONTOSO).read_bytes()
        threading.Thread(target=pipe.write_bytes, args=(text,), daemon=True).start()
        await settled(app, pilot)
        assert "Stopped reading slow.json" in text_of(app)
        assert app.bench is None


async def test_a_file_that_is_gone_is_explained(tmp_path: Path) -> None:
    async with opened(str(tmp_path / "gone.json"), size=(80, 24)) as (app, _):
        assert "Could not open gone.json" in text_of(app)
        assert app.failure == 4


async def test_a_file_that_is_no_data_gives_the_exit_code_of_unusable_input(
    tmp_path: Path,
) -> None:
    path = tmp_path / "readme.txt"
    path.write_text("not data at all")
    async with opened(str(path), size=(80, 24)) as (app, pilot):
        assert "Could not open readme.txt" in text_of(app)
        assert app.failure == 4
        app.open((CONTOSO,))
        await settled(app, pilot)
        assert app.failure == 0


async def test_hostile_names_never_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(hostile().snapshot()))
    async with opened(str(path), size=(120, 40), keys=("j", "l", "j", "l")) as (app, pilot):
        for key in ("full_stop", "v", "v", "j", "l", "2", "j", "1", "c", "m", "y"):
            await pilot.press(key)
            await rested(app, pilot)
            screen = text_of(app)
            assert all(letter.isprintable() or letter == "\n" for letter in screen)
        await pilot.press("1", "g", "j", "d", "h")
        await rested(app, pilot)
        assert "[red]evil[bold]" in text_of(app)


async def test_opened_files_are_remembered_for_the_owner_only(tmp_path: Path) -> None:
    async with opened(CONTOSO, size=(80, 24)):
        pass
    assert recent.recent() == (CONTOSO,)
    store = tmp_path / "state" / "pgtopo" / "recent.json"
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    store.write_text("not json")
    assert recent.recent() == ()


async def test_a_file_is_opened_from_the_start_screen() -> None:
    app = PgtopoApp(offers=(CONTOSO, ()), select=("PGT101",))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.05)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "29 servers" in text_of(app)


async def test_a_file_is_read_although_a_dialog_hides_the_first_frame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = PgtopoApp([CONTOSO], select=("PGT101",))
    # As where the dialog is there before the first frame: what waits for that waits until it ends.
    monkeypatch.setattr(app, "call_after_refresh", lambda *_: True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await settled(app, pilot)
        await pilot.press("escape")
        await rested(app, pilot)
        assert "29 servers" in text_of(app)


async def test_findings_that_arrive_under_the_help_do_no_harm() -> None:
    app = PgtopoApp([CONTOSO], select=("PGT101",))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await settled(app, pilot)
        await pilot.press("escape")
        await rested(app, pilot)
        assert "29 servers" in text_of(app)
