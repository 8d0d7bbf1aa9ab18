"""One pane alone, and back to all of them."""

import pytest

from tests.thorough import some
from tests.tui.screen import on_demo, rested, text_of

SHOWN = [(view, size) for view in "135" for size in ((80, 24), (200, 60))]


@pytest.mark.parametrize(("view", "size"), some(SHOWN, 3), ids=str)
async def test_zooming_twice_leaves_the_screen_and_the_focus_as_they_were(
    view: str, size: tuple[int, int]
) -> None:
    async with on_demo(view, size=size) as (app, pilot):
        for pane in ("left", "right"):
            focused, screen = app.focused, text_of(app)
            for _ in range(2):
                await pilot.press("plus")
                await rested(app, pilot)
            assert text_of(app) == screen, pane
            assert app.focused is focused
            await pilot.press("tab")
            await rested(app, pilot)


async def test_escape_from_a_zoomed_pane_goes_back_to_the_pane_it_was_zoomed_from() -> None:
    async with on_demo("j") as (app, pilot):
        screen, focused = text_of(app), app.focused
        await pilot.press("plus", "tab")
        await rested(app, pilot)
        assert app.focused is not focused
        await pilot.press("escape")
        await rested(app, pilot)
        assert app.focused is focused
        assert text_of(app) == screen
        await pilot.press("plus", "tab", "plus")
        await rested(app, pilot)
        assert app.focused is app.query_one("#detail")
