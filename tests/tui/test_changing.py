"""Trying changes, suppressing findings, hiding names, keeping files: by keys alone."""

import asyncio
import json
import stat
import threading
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from pgtopo.model import patch
from pgtopo.sources.load import load_rows
from pgtopo.tui import actions, suppressions
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.choosing import ChoiceScreen
from pgtopo.tui.filter_line import AskLine
from pgtopo.tui.panes.document import Document
from pgtopo.tui.privacy import Masked
from pgtopo.tui.trial_screen import TrialScreen
from pgtopo.views.lines import TargetKind
from pgtopo.views.mask import Mask
from pgtopo.views.state import Tab, View
from tests.tui.screen import on_demo, pressed, rested, text_of, until


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def tried(app: PgtopoApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: app.is_trying and app.in_making is None)
    await rested(app, pilot)


async def test_a_change_is_tried_kept_and_left_again(tmp_path: Path) -> None:
    async with on_demo("3", "j", "j", "l", "l", "t") as (app, pilot):
        bench = app.bench
        assert bench is not None
        assert "✔ OPEN" in text_of(app)
        before = bench.state.place
        await pressed(app, pilot, "w")
        assert "What if ... psql-crm-prod-neu" in text_of(app)
        await pressed(app, pilot, "enter")
        await tried(app, pilot)
        screen = text_of(app)
        assert "WHAT IF: A COPY" in screen
        assert "WHAT IF  1 change on a copy: " in screen
        assert "✖ BLOCKED" in screen, "the path on show has the new verdict"
        assert app.bench is not None
        assert app.bench.state.place == before
        await pressed(app, pilot, "W")
        assert "verdicts lost" in text_of(app)
        await pressed(app, pilot, "p")
        kept = next(tmp_path.glob("pgtopo-patch-*.json"))
        assert patch.parse(kept.read_text(), "kept").ops[0].value == "Stopped"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        await pressed(app, pilot, "W", "c")
        assert app.clipboard.startswith("az postgres flexible-server stop")
        await pressed(app, pilot, "W", "s")
        assert next(tmp_path.glob("pgtopo-commands-*.sh")).read_text().startswith("# stop server")
        await pressed(app, pilot, "x", "r")
        assert "leave what-if first" in text_of(app)
        await pressed(app, pilot, "W", "z")
        assert "WHAT IF" not in text_of(app)
        assert app.bench is bench
        assert bench.state.tab is Tab.PATH


async def test_a_typed_change_that_makes_no_sense_is_explained() -> None:
    async with on_demo("slash", *"nsg-pg-dev", "enter", "n", "w", "enter") as (app, pilot):
        await pressed(app, pilot, *"10.0.0.0/99", "enter")
        assert app.in_making is None
        assert not app.is_trying
        assert "'10.0.0.0/99' is no address or prefix" in text_of(app)
        assert app.query_one(AskLine).has_focus


async def test_a_copy_that_comes_once_what_if_was_left_is_not_shown() -> None:
    async with on_demo("3", "j", "j", "l", "l", "t", "w", "enter") as (app, pilot):
        await tried(app, pilot)
        assert app.trial is not None
        app.try_change(app.trial.options[0])
        app.action_undo_change()
        assert app.note == "the last change is still being tried"
        app.action_leave_trial()
        await until(pilot, lambda: all(one.name != "what if" for one in threading.enumerate()))
        await rested(app, pilot)
        assert not app.is_trying
        assert "WHAT IF" not in text_of(app)


async def test_a_reference_in_a_dialog_is_followed_and_closes_it() -> None:
    async with on_demo("3", "j", "j", "l", "l", "t", "w", "enter") as (app, pilot):
        await tried(app, pilot)
        await pressed(app, pilot, "W")
        page = app.screen.query_one(Document)
        while page.line is None or page.line.target is None:
            page.action_down()
        is_finding = page.line.target.kind is TargetKind.PROBLEM
        await pressed(app, pilot, "enter")
        assert app.bench is not None
        assert not isinstance(app.screen, TrialScreen)
        assert app.bench.view is (View.FINDINGS if is_finding else View.ESTATE)


async def test_a_note_said_again_stays_its_whole_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_demo() as (app, pilot):
        monkeypatch.setattr(actions, "NOTE_S", 0.01)
        app.say("still here")
        monkeypatch.setattr(actions, "NOTE_S", 60.0)
        app.say("still here")
        await asyncio.sleep(0.05)
        await rested(app, pilot)
        assert app.note == "still here"


async def test_pseudonyms_made_for_another_estate_are_completed_first() -> None:
    async with on_demo("1") as (app, pilot):
        app.post_message(Masked(Mask(load_rows([]))))
        await until(pilot, lambda: app.is_veiled)
        await rested(app, pilot)
        assert "vnet-" not in text_of(app)


async def test_what_if_says_what_it_needs() -> None:
    async with on_demo("w") as (app, pilot):
        assert "select a rule, route, link" in text_of(app)
        await pressed(app, pilot, "W")
        assert "w changes something on a copy" in text_of(app)
        assert not isinstance(app.screen, TrialScreen)


async def test_a_finding_is_suppressed_with_a_reason_and_a_day() -> None:
    async with on_demo("2", "x", *"known since May", "enter", "enter") as (app, pilot):
        assert app.bench is not None
        desk = app.bench.desk
        await until(pilot, lambda: any(p.suppressed_by for p in desk.problems.all))
        await rested(app, pilot)
        assert "suppressed: last in the list of findings now" in text_of(app)
        await pressed(app, pilot, "G")
        assert "Suppressed: known since May" in text_of(app)
        text = suppressions.path().read_text()
        assert 'reason = "known since May"' in text
        assert stat.S_IMODE(suppressions.path().stat().st_mode) == 0o600
        await taken_back(app, pilot)
        assert suppressions.path().read_text() == ""


async def test_an_answer_that_cannot_be_taken_stays_with_what_is_wrong_below_it() -> None:
    async with on_demo("2", "x", "enter") as (app, pilot):
        assert app.bench is not None
        line, place = app.query_one(AskLine), app.bench.state.place
        assert "there has to be a reason" in text_of(app)
        await pressed(app, pilot, *"jq1")
        assert line.has_focus
        assert line.value == "jq1"
        assert "Why is " in text_of(app), "what is asked stands there again while one types"
        assert app.bench.state.place == place
        await pressed(app, pilot, "enter", *"2001-01-01", "enter")
        assert "is no day to come" in text_of(app)
        assert line.value == "2001-01-01"
        assert not suppressions.path().exists()
        await pressed(app, pilot, "escape")
        assert not line.display
        assert app.front_list().has_focus
        assert app.bench.state.place == place


async def test_keys_typed_ahead_reach_the_question_and_no_list() -> None:
    async with on_demo("2") as (app, pilot):
        assert app.bench is not None
        place = app.bench.state.place
        for key in ("tab", "shift+tab", "x", *"jj", "enter", *"jk"):
            app.post_message(Key(key, key if len(key) == 1 else None))
            await asyncio.sleep(0.002)
        await rested(app, pilot)
        line = app.query_one(AskLine)
        assert line.value == "jk"
        assert line.has_focus
        assert app.bench.state.place == place


async def test_a_filter_that_hides_a_suppressed_finding_is_named() -> None:
    async with on_demo("2", "f", "x", *"known", "enter", "enter") as (app, pilot):
        assert app.bench is not None
        desk = app.bench.desk
        await until(pilot, lambda: any(p.suppressed_by for p in desk.problems.all))
        await until(pilot, lambda: "the filter hides it now" in app.note)


async def taken_back(app: PgtopoApp, pilot: Pilot[None]) -> None:
    """Take the suppression of the selected finding back, once it was left after all."""
    assert app.bench is not None
    desk = app.bench.desk
    for choice in ("down", "up"):
        await pressed(app, pilot, "x")
        await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        await pressed(app, pilot, choice)
        assert "take it out of" in text_of(app)
        assert "suppressions.toml, line " in text_of(app)
        await pressed(app, pilot, "enter")
    await until(pilot, lambda: not any(p.suppressed_by for p in desk.problems.all))
    await rested(app, pilot)


async def test_a_suppression_that_is_not_ones_own_is_told_with_file_and_line() -> None:
    async with on_demo("2", "x", *"known", "enter", "enter") as (app, pilot):
        assert app.bench is not None
        desk = app.bench.desk
        await until(pilot, lambda: any(p.suppressed_by for p in desk.problems.all))
        file = suppressions.path()
        (entry,) = file.read_text().split("[[suppress]]")[1:]
        inline = ", ".join(line for line in entry.strip().splitlines())
        file.write_text(f"# ours\nsuppress = [{{{inline}}}]\n")
        await pressed(app, pilot, "G", "x")
        await until(pilot, lambda: app.note.startswith("suppressed: take its entry out of"))
        assert not isinstance(app.screen, ChoiceScreen)
        file.unlink()
        await pressed(app, pilot, "x")
        await until(pilot, lambda: "cannot be read any more" in app.note)
        app.judge_again(desk)
        await until(pilot, lambda: not any(p.suppressed_by for p in desk.problems.all))


async def test_names_are_hidden_everywhere_and_shown_again() -> None:
    async with on_demo("2", size=(200, 60)) as (app, pilot):
        await pressed(app, pilot, "p")
        await until(pilot, lambda: app.is_veiled)
        ways = (
            ("j",),
            ("1", "j", "l", "j"),
            ("3",),
            ("j", "T"),
            ("4",),
            ("1", "v"),
            ("y",),
            ("u",),
        )
        for keys in ways:
            await pressed(app, pilot, *keys)
            screen = text_of(app)
            for name in ("contoso", "vnet-", "psql-", "10.21.", "snet-app", "rg-"):
                assert name not in screen, (keys, name)
        await pressed(app, pilot, "d", "c")
        assert "contoso" not in app.clipboard
        await pressed(app, pilot, "ctrl+s")
        await pressed(app, pilot, "p")
        assert "psql-" in text_of(app)


async def test_reports_and_copies_are_files_for_the_owner(tmp_path: Path) -> None:
    async with on_demo("j", "c", "ctrl+s") as (app, _):
        assert "saved" in text_of(app)
        copied = tmp_path / "state" / "pgtopo" / "copied.txt"
        assert copied.read_text() == "vnet-analytics-weu"
        assert stat.S_IMODE(copied.stat().st_mode) == 0o600
        report = next(tmp_path.glob("pgtopo-report-*.md"))
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        text = report.read_text()
        assert text.startswith("# vnet-analytics-weu")
        assert "- data: SNAPSHOT 2026-11-20 09:12Z" in text
        assert "## Findings" in text


async def test_files_are_read_again_and_the_place_is_kept(tmp_path: Path) -> None:
    from tests.tui.screen import CONTOSO, opened, settled

    path = tmp_path / "estate.json"
    document = json.loads(Path(CONTOSO).read_bytes())
    path.write_text(json.dumps(document))
    async with opened("estate.json", select=("PGT801",), keys=("v", "v", "j", "j")) as (app, pilot):
        assert app.bench is not None
        place = app.bench.state.place
        document["created_at"] = "2026-11-21T10:00:00Z"
        path.write_text(json.dumps(document))
        await pilot.press("r")
        await settled(app, pilot)
        assert "2026-11-21 10:00Z" in text_of(app)
        assert app.bench.state.place == place
        path.write_text("[{")
        await pilot.press("r")
        await settled(app, pilot)
        assert "not read again" in text_of(app)
        assert app.bench.view is View.ESTATE
