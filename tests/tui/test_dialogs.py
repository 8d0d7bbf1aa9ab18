"""Dialogs over the screens."""

from textual.command import CommandPalette

from pgtopo.tui.choosing import ChoiceList
from pgtopo.tui.help import HelpScreen
from pgtopo.tui.keys import Where
from pgtopo.tui.searching import SearchScreen
from tests.tui.screen import on_demo


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
