"""The last line names the keys of the dialog that is open, and the screen's own after it."""

from pgtopo.tui.app import PgtopoApp
from tests.tui.screen import on_demo, rested, text_of


def last(app: PgtopoApp) -> str:
    return text_of(app).splitlines()[-1].strip()


async def test_the_footer_follows_dialogs_and_lines() -> None:
    async with on_demo("slash", *"nsg-pg-dev", "enter", "n") as (app, pilot):
        own = last(app)
        assert "v regroup" in own
        for key, words in (
            ("w", "↑ ↓ move  enter take  esc leave"),
            ("question_mark", "enter follow  esc close"),
            ("colon", "letters narrow  ↑ ↓ move  enter run  esc leave"),
            ("M", "enter take  esc leave"),
            ("slash", "enter keep  esc drop"),
        ):
            await pilot.press(key)
            await rested(app, pilot)
            assert last(app) == words, key
            app.paint()
            await rested(app, pilot)
            assert last(app) == words, f"{key}, painted anew"
            await pilot.press("escape")
            await rested(app, pilot)
            assert last(app) == own, key


async def test_the_start_screen_names_its_keys_after_help() -> None:
    app = PgtopoApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        own = last(app)
        await pilot.press("question_mark")
        await pilot.pause(0.1)
        assert last(app) == "enter follow  esc close"
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert last(app) == own
