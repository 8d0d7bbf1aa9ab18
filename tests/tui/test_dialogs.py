"""Dialogs over the screens."""

from pgtopo.tui.help import HelpScreen
from pgtopo.tui.keys import Where
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
