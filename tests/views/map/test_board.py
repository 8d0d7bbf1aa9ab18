"""The map on a screen: the cursor, what is opened, what a filter leaves."""

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import name_of
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.views.desk import Desk
from pgtopo.views.map.bench import MapBench
from pgtopo.views.map.board import PATH
from pgtopo.views.map.moving import Way
from pgtopo.views.state import View
from tests.estates.world import World
from tests.views.map import estate


def bench(desk: Desk | None = None, width: int = 80) -> MapBench:
    made = MapBench(desk or estate.desk())
    made.map_width = width
    made.go(View.MAP)
    work = made.map_work()
    assert work is not None
    work.make()
    made.map_shown()
    return made


def here(made: MapBench) -> str:
    return name_of(made.state.place.id)


def test_the_cursor_goes_from_box_to_box_and_the_detail_follows() -> None:
    made = bench()
    assert here(made) == "hub-wan"
    seen = [here(made)]
    while made.board.move(Way.DOWN, 80):
        made.moved_on_map()
        seen.append(here(made))
    assert len(seen) > 5
    assert len(seen) == len(set(seen) | {""}) or seen.count("") > 1
    assert made.page().lines
    made.board.move(Way.UP, 80)
    made.moved_on_map()
    assert here(made) != seen[-1] or seen[-1] == ""


def test_left_and_right_are_where_they_are_on_the_screen() -> None:
    made = bench()
    drawing = made.board.made(80).drawing
    made.board.cursor = next(box.key for box in drawing.boxes if "vnet-half" in box.key)
    before = drawing.box(made.board.cursor)
    assert made.board.move(Way.RIGHT, 80)
    after = drawing.box(made.board.cursor)
    assert before is not None
    assert after is not None
    assert after.x > before.x
    assert made.board.move(Way.LEFT, 80)
    assert made.board.cursor.endswith("vnet-half")


def test_every_box_can_be_reached_by_arrows() -> None:
    made = bench()
    drawing = made.board.made(80).drawing
    reached = {made.board.cursor}
    waiting = [made.board.cursor]
    while waiting:
        start = waiting.pop()
        for way in Way:
            made.board.cursor = start
            if made.board.move(way, 80) and made.board.cursor not in reached:
                reached.add(made.board.cursor)
                waiting.append(made.board.cursor)
    assert reached == {box.key for box in drawing.boxes}


def test_the_map_opens_where_the_selected_thing_is_and_looks_around_it() -> None:
    desk = estate.desk()
    made = MapBench(desk)
    server = next(s for s in desk.topology.all(FlexibleServer) if s.name == "psql-orders")
    made.go(View.ESTATE)
    assert made.tree.select(server.id)
    made.moved_in_tree()
    made.go(View.MAP)
    work = made.map_work()
    assert work is not None
    work.make()
    made.map_shown()
    assert made.state.place.id == server.id
    assert name_of(made.board.cursor) == "vnet-fine"
    assert "around psql-orders" in made.turn_map()
    assert made.board.focus == server.id
    made.step_back()
    assert (made.view, made.board.focus) == (View.MAP, "")


def test_the_path_between_the_marked_ends_is_drawn() -> None:
    made = bench()
    server = next(s for s in made.desk.topology.all(FlexibleServer) if s.name == "psql-orders")
    assert "mark a client" in made.trace()
    made.ends.type_client("snet-app")
    made.ends.mark(server)
    assert made.trace() == ""
    assert made.board.focus == PATH
    work = made.map_work()
    assert work is not None
    work.make()
    made.map_shown()
    keys = [box.key for box in made.board.made(80).drawing.boxes]
    assert [key.split()[0] for key in keys] == ["client", "server"]
    made.board.to_end(80, is_last=True)
    made.moved_on_map()
    assert made.state.place.id == server.id
    assert made.turn_map() == "the whole estate"


def test_a_path_that_cannot_be_drawn_says_why() -> None:
    made = bench()
    server = next(s for s in made.desk.topology.all(FlexibleServer) if s.name == "psql-orders")
    made.ends.mark(server)
    made.ends.type_client("nobody-of-that-name")
    assert made.trace() == ""
    work = made.map_work()
    assert work is not None
    work.make()
    assert "nobody-of-that-name" in made.board.complaint
    assert made.board.made(80).drawing.boxes == ()


def test_a_bundle_opens_and_closes_under_the_cursor() -> None:
    made = bench(estate.desk(estate.many(70)))
    bundle = next(card for card in made.board.made(80).scene.cards if card.members)
    made.board.cursor = bundle.key
    made.moved_on_map()
    assert len(made.page().lines) > len(bundle.members)
    assert made.open_box() == ""
    assert made.board.cursor in bundle.members
    assert len(made.board.made(80).scene.cards) > len(bundle.members)
    assert made.open_box() == ""
    assert made.board.cursor == bundle.key
    made.board.cursor = made.board.made(80).scene.cards[0].key
    assert "nothing to open" in made.open_box()


def test_filter_and_faults_leave_networks_out_and_say_how_many() -> None:
    made = bench()
    made.filter("fine")
    names = {card.name for card in made.board.made(80).scene.cards}
    assert "vnet-fine" in names
    assert "vnet-alone" not in names
    told = "".join(piece.text for piece in made.status())
    assert "hidden by filter" in told
    made.clear_sieve()
    made.toggle_faults()
    names = {card.name for card in made.board.made(80).scene.cards}
    assert "vnet-cut" in names
    assert "vnet-alone" not in names
    made.toggle_faults()
    assert not made.board.sieve


def test_next_fault_goes_round() -> None:
    made = bench()
    assert made.next_hit(1)
    seen = [made.board.cursor]
    while made.next_hit(1) and made.board.cursor not in seen:
        seen.append(made.board.cursor)
    signs = {card.key: card.sign for card in made.board.made(80).scene.cards}
    assert len(seen) > 2
    assert all(signs[key].is_fault for key in seen)
    assert made.next_hit(-1)


def test_boxes_say_more_when_asked() -> None:
    made = bench()
    heights = [made.board.made(80).drawing.height]
    for _ in range(3):
        assert made.magnify().startswith("boxes say")
        heights.append(made.board.made(80).drawing.height)
    assert heights[0] == heights[3]
    assert heights[2] < heights[1]


def test_new_findings_change_the_signs() -> None:
    made = World()
    made.vnet("vnet-a", "10.1.0.0/16")
    desk = Desk(Facts(made.topology()))
    shown = bench(desk)
    before = shown.board.made(80)
    settled = estate.desk(made)
    desk.settle(settled.problems, {}, ())
    assert shown.board.made(80) is not before


def test_an_empty_estate_has_no_box_and_nothing_breaks() -> None:
    made = bench(estate.desk(World()))
    assert made.board.made(80).drawing.boxes == ()
    assert not made.next_hit(1)
    assert made.open_box() != ""
    assert made.turn_map().startswith("nothing to look around")
    assert made.page() is not None
    assert not made.desk.topology.all(VirtualNetwork)


def test_a_step_back_to_the_path_finds_the_same_place_again() -> None:
    made = bench()
    server = next(s for s in made.desk.topology.all(FlexibleServer) if s.name == "psql-orders")
    made.ends.mark(server)
    made.ends.type_client("snet-app")
    made.trace()
    work = made.map_work()
    assert work is not None
    work.make()
    made.board.to_end(80, is_last=True)
    made.moved_on_map()
    made.show_in_estate()
    assert made.view is View.ESTATE
    made.step_back()
    assert made.board.focus == PATH
    assert made.state.place.id == server.id
    assert made.board.cursor == f"server {server.id}"
