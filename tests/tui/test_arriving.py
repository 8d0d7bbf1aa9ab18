"""A screen says what is under its cursor from the moment one arrives there."""

import pytest

from pgtopo.views.detail import NO_CELL
from tests.tui.screen import on_demo, rested, text_of

HINT = NO_CELL[0].pieces[0].text


@pytest.mark.parametrize("key", ["3", "4"])
async def test_a_grid_shows_the_path_of_its_first_cell(key: str) -> None:
    async with on_demo(key) as (app, pilot):
        await pilot.press("enter")
        await rested(app, pilot)
        assert app.bench is not None
        grid = app.bench.grid
        assert grid is not None
        assert grid.here is not None
        place = app.bench.state.place
        assert (place.client, place.id) == (grid.here[0].id, grid.here[1].id)
        assert HINT not in text_of(app)
        assert "→" in app.bench.page().title


async def test_a_grid_without_a_row_has_no_path_until_the_filter_goes() -> None:
    async with on_demo("3", size=(80, 24)) as (app, pilot):
        assert app.bench is not None
        before = app.bench.page().title
        for key in ("slash", *"nosuchthing", "enter"):
            await pilot.press(key)
        await rested(app, pilot)
        assert "No client or server fits" in text_of(app)
        assert app.bench.page().lines == ()
        assert "→" not in app.bench.page().title
        await pilot.press("escape")
        await rested(app, pilot)
        assert app.bench.page().title == before
        assert app.bench.page().lines
