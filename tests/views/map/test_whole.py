"""The whole estate as a scene, and where its boxes are placed."""

from functools import cache

import pytest

from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork
from pgtopo.views.desk import Desk
from pgtopo.views.map.as_text import text_of
from pgtopo.views.map.canvas import Canvas
from pgtopo.views.map.card import Scene
from pgtopo.views.map.drawing import Box, Drawing
from pgtopo.views.map.graph import graph_of
from pgtopo.views.map.link_state import LinkState
from pgtopo.views.map.links import links
from pgtopo.views.map.racks import plan
from pgtopo.views.map.scale import Scale
from pgtopo.views.map.whole import whole
from pgtopo.views.style import Style
from pgtopo.views.width import columns
from tests.estates.world import World
from tests.views.map import estate

WIDTHS = (36, 60, 80, 120, 200)


def scene() -> Scene:
    return whole(estate.desk())


@cache
def eighty() -> Desk:
    return estate.desk(estate.many(80))


def said(made: Scene, name: str) -> str:
    card = next(card for card in made.cards if card.name == name)
    return "\n".join("".join(piece.text for piece in row) for row in card.lines)


def test_a_hub_says_what_stands_in_it() -> None:
    text = said(scene(), "vnet-hub")
    assert "firewall afw-hub  10.0.1.4" in text
    assert "gateway vgw-hub" in text
    assert "resolver dnspr-hub  10.0.2.4" in text
    assert "endpoint pe-web  → psql-web" in text


def test_servers_stand_in_their_network_with_the_worst_finding() -> None:
    text = said(scene(), "vnet-fine")
    assert "✖ psql-orders" in text
    assert "dns-zone-not-linked" in text
    outside = said(scene(), "servers outside every network")
    assert "✖ psql-survey  public" in outside
    assert "firewall-rule-for-everyone" in outside


def test_what_lies_behind_a_gateway_hangs_on_the_hub() -> None:
    hub = next(plate for plate in scene().plates if plate.head.name == "vnet-hub")
    assert hub.limbs[0].card.name == "lgw-office"
    assert hub.limbs[0].state is LinkState.CONNECTED


def test_faulty_links_come_first_and_strangers_are_dashed() -> None:
    hub = next(plate for plate in scene().plates if plate.head.name == "vnet-hub")
    names = [limb.card.name for limb in hub.limbs]
    assert set(names[1:4]) == {"vnet-half", "vnet-cut", "vnet-elsewhere"}
    stranger = next(limb.card for limb in hub.limbs if limb.card.name == "vnet-elsewhere")
    assert stranger.border.value == "dashed"
    assert "missing" in said(scene(), "vnet-elsewhere")


def test_every_link_is_drawn_as_a_wire_or_written_into_both_boxes() -> None:
    made = scene()
    graph = graph_of(estate.desk().topology, made)
    drawn = {frozenset((edge.a, edge.b)) for edge in graph.edges if edge.state is not None}
    wanted = {frozenset((link.a, link.b)) for link in links(estate.desk().facts).all}
    assert wanted <= drawn
    assert "─●─ vnet-deaf" in said(made, "vnet-fine")
    assert "─●─ vnet-fine" in said(made, "vnet-deaf")


def test_every_network_is_drawn_once() -> None:
    made = scene()
    keys = [card.key for card in made.cards]
    assert len(keys) == len(set(keys))
    assert {one.id for one in estate.desk().topology.all(VirtualNetwork)} <= set(keys)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scale", list(Scale))
def test_boxes_never_overlap_and_nothing_is_too_wide(width: int, scale: Scale) -> None:
    drawing = plan(whole(estate.desk(), scale), width)
    boxes = list(drawing.boxes)
    for at, one in enumerate(boxes):
        assert min(one.x, one.y) >= 0
        assert one.x + one.width <= drawing.width
        assert one.y + one.height <= drawing.height
        assert not any(_overlap(one, other) for other in boxes[at + 1 :])
    assert max(map(columns, text_of(drawing).split("\n"))) <= max(width, 36)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_the_same_estate_is_drawn_the_same_again() -> None:
    assert text_of(plan(whole(estate.desk(estate.world())), 80)) == text_of(plan(scene(), 80))


def test_wires_tell_their_state_in_ascii_as_well() -> None:
    text = text_of(plan(scene(), 80), Style(is_ascii=True))
    assert text.isascii()
    for wire in ("+-*-+", "+-~ |", "+ x |", "+.o.+", "+.!.+", "+.?.+"):
        assert wire in text, wire


def test_networks_that_are_alike_become_one_box_and_faults_stand_out() -> None:
    made = whole(eighty())
    names = [card.name for card in made.cards]
    bundles = [card for card in made.cards if card.members]
    assert sum(len(card.members) for card in bundles) >= 76
    assert {"vnet-0003", "vnet-0033"} <= set(names)
    assert len(names) < 12
    servers = [said(made, card.name) for card in bundles]
    assert any("no server" in text for text in servers)
    opened = whole(eighty(), opened=frozenset(c.key for c in bundles))
    assert len([card for card in opened.cards if not card.members]) >= 81
    apart = whole(eighty(), is_apart=True)
    assert not any(card.members for card in apart.cards)


def test_a_filter_keeps_networks_with_the_hub_they_hang_on() -> None:
    topology = estate.desk().topology
    fine = next(one.id for one in topology.all(VirtualNetwork) if one.name == "vnet-fine")
    made = whole(estate.desk(), kept=frozenset({fine}))
    assert [card.name for card in made.cards] == ["vnet-hub", "lgw-office", "vnet-fine"]
    assert made.hidden == len(topology.all(VirtualNetwork)) - 1
    assert whole(estate.desk(), kept=frozenset({ArmId("/x")})).plates == ()


def test_nothing_in_the_data_draws_nothing() -> None:
    made = whole(estate.desk(World()))
    assert made.plates == ()
    assert made.notes == ()
    assert plan(made, 80) == Drawing(80, 1)
    unread = whole(estate.desk(World(complete=False)))
    assert unread.notes == ("Networks were not read: what is here of them is unknown.",)


def test_peerings_that_were_not_read_are_told_and_no_network_stands_as_unjoined() -> None:
    made = World()
    made.vnet("vnet-a", "10.1.0.0/16")
    made.denied("microsoft.network/virtualnetworks/virtualnetworkpeerings")
    found = whole(estate.desk(made))
    assert found.notes[0] == (
        "Peerings of every network were not readable: their edges are unknown."
    )
    assert [plate.head.name for plate in found.plates] == ["networks whose peerings were not read"]


HOSTILE = 'v"<b>&\\x\x1b[31m`%%{init}`;|\u202e日本 [[x]] --> {'


def test_names_are_shown_literally_and_cut_by_their_width() -> None:
    made = World()
    hub = made.vnet(HOSTILE, "10.0.0.0/16")
    made.peer(hub, made.vnet("日本" * 30, "10.1.0.0/16"))
    text = text_of(plan(whole(estate.desk(made)), 60))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31m" in text
    assert "\\u202e" in text
    assert max(map(columns, text.split("\n"))) <= 60
    ends = [row[-1] for row in text.split("\n") if "日" in row]
    assert ends
    assert set(ends) <= set("┐┓│┃")


def test_a_canvas_knows_what_is_where() -> None:
    drawing = plan(scene(), 80)
    canvas = Canvas(drawing)
    for box in drawing.boxes:
        assert canvas.box_at(box.x, box.y) == box
        assert canvas.box_at(box.x + box.width - 1, box.y + box.height - 1) == box
    assert canvas.box_at(0, -1) is None
    assert canvas.box_at(0, drawing.height) is None


def test_a_connected_group_is_called_by_its_configuration() -> None:
    heads = [plate.head for plate in scene().plates if plate.head.word == "connected group"]
    assert len(heads) == 1
    assert heads[0].tag == "2 networks"
    assert not heads[0].name.rsplit(" ", 1)[-1].isdigit()
    assert "1 other network" in said(scene(), "vnet-mesh-a")
