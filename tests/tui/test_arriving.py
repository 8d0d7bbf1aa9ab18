"""A screen says what is under its cursor from the moment one arrives there."""

import pytest

from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.session import Session
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.opening import Judged, Opened
from pgtopo.views.desk import Desk
from pgtopo.views.detail import NO_CELL
from pgtopo.views.judgement import judge
from pgtopo.views.whatif.choices import choices
from tests.estates.world import World
from tests.tui.screen import demo, on_demo, pressed, rested, text_of

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


async def test_a_box_with_nothing_around_it_says_so_and_the_words_stay_on_the_map() -> None:
    world = World()
    subnet = world.subnet(world.vnet("vnet-hub", "10.0.0.0/16"), "GatewaySubnet", "10.0.1.0/27")
    gateway = world.gateway("vgw-hub", subnet)
    world.connection("con-far", gateway, gateway.replace("vgw-hub", "vgw-not-read"))
    desk = Desk(Session(world.topology()).facts, files=("estate.json",))
    app = PgtopoApp()
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(Opened(desk))
        app.post_message(Judged(desk, judge(desk, []), ""))
        await rested(app, pilot)
        await pressed(app, pilot, "5", "j", "v")
        shown = text_of(app)
        assert "Nothing can be drawn around " in shown
        assert "No network and no server" not in shown
        assert app.note.endswith("v goes on, esc goes back")
        await pilot.press("6")
        await rested(app, pilot)
        assert app.note == ""
        assert "v goes on" not in text_of(app)


def test_an_added_rule_allows_or_denies() -> None:
    facts = demo()[0].facts
    groups = facts.topology.all(NetworkSecurityGroup)
    texts = {one.text for group in groups for one in choices(facts, group.id)}
    assert "add an inbound rule that denies port 5432 from ..." in texts
    assert "add an inbound rule that allows port 5432 from ..." in texts
