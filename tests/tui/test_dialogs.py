"""Dialogs over the screens."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.command import CommandPalette

from pgtopo.tui.choosing import ChoiceList
from pgtopo.tui.help import HelpScreen
from pgtopo.tui.keys import Where
from pgtopo.tui.opening import Advanced
from pgtopo.tui.panes.document import Document
from pgtopo.tui.searching import SearchScreen
from pgtopo.views.loading import Reading
from tests.tui.screen import on_demo, opened, text_of


async def test_a_dialog_whose_key_is_pressed_twice_closes_once() -> None:
    async with on_demo() as (app, pilot):
        dialog = HelpScreen(Where.TREE)
        await app.push_screen(dialog)
        await pilot.pause()
        dialog.action_leave()
        dialog.action_leave()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.is_running


async def test_what_changes_behind_a_dialog_is_seen_behind_it() -> None:
    async with on_demo() as (app, pilot):
        await app.push_screen(HelpScreen(Where.TREE))
        await pilot.pause()
        assert "read again" not in text_of(app)
        app.say("the estate is read again")
        await pilot.pause(0.1)
        screen = text_of(app)
        assert "the estate is read again" in screen
        assert "Help" in screen


async def test_how_far_reading_is_paints_only_the_lines_that_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened() as (app, pilot):
        app.on_advanced(Advanced(Reading("estate.json", 1_000_000, 4_000_000, 10, 1.0)))
        await pilot.pause(0.1)
        notice = app.query_one("#notice", Document)
        painted: list[int] = []
        paint = notice.paint_row

        def counted(row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
            painted.append(row)
            return paint(row, width, base, has_cursor=has_cursor)

        monkeypatch.setattr(notice, "paint_row", counted)
        app.on_advanced(Advanced(Reading("estate.json", 2_000_000, 4_000_000, 20, 2.0)))
        await pilot.pause(0.1)
        assert len(painted) == 2, "the bar and the amount"
        assert "50%" in text_of(app)


async def test_a_row_chosen_in_the_list_of_a_search_gives_its_value() -> None:
    taken: list[str | None] = []
    async with on_demo() as (app, pilot):
        search = SearchScreen("which", [("first", "1"), ("second", "2")])
        await app.push_screen(search, taken.append)
        await pilot.pause()
        search.query_one(ChoiceList).focus()
        await pilot.press("j", "l")
        await pilot.pause()
        assert taken == ["2"]
        assert len(app.screen_stack) == 1


async def test_the_palette_is_paged_through_where_there_is_no_room_for_it() -> None:
    async with on_demo(size=(120, 40)) as (app, pilot):
        await pilot.press("colon")
        await pilot.resize_terminal(1, 1)
        await pilot.press("s", "pagedown", "down", "pagedown", "pageup")
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        assert app.is_running
