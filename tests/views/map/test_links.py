"""How two networks are joined: both halves of a peering as one link."""

import pytest

from pgtopo.model.ids import ArmId
from pgtopo.views.map.clusters import clusters
from pgtopo.views.map.gaps import gaps
from pgtopo.views.map.link_state import LOOKS, LinkKind, LinkState, wire_text
from pgtopo.views.map.links import links
from pgtopo.views.map.whole import whole
from tests.estates.world import World
from tests.views.map import estate


def short(arm_id: str) -> str:
    return arm_id.rsplit("/", 1)[-1]


def state_of(one: str, other: str) -> tuple[LinkState, str]:
    found = links(estate.desk().facts)
    link = next(link for link in found.all if {short(link.a), short(link.b)} == {one, other})
    return link.state, link.word


STATES = {
    "vnet-fine": (LinkState.CONNECTED, ""),
    "vnet-half": (LinkState.HALF, "initiated"),
    "vnet-cut": (LinkState.DISCONNECTED, "disconnected"),
    "vnet-deaf": (LinkState.NO_FORWARDED, ""),
    "vnet-barred": (LinkState.LIMITED, "access off"),
    "vnet-silent": (LinkState.UNKNOWN, "unknown"),
    "vnet-elsewhere": (LinkState.DISCONNECTED, "leads nowhere"),
}


@pytest.mark.parametrize("spoke", STATES)
def test_each_state_of_a_peering(spoke: str) -> None:
    assert state_of("vnet-hub", spoke) == STATES[spoke]


def test_states_differ_by_sign_and_by_stroke_or_shape_without_colour() -> None:
    assert len({look.sign for look in LOOKS.values()}) == len(LinkState)
    assert len({wire_text(state) for state in LinkState}) == len(LinkState)


def test_a_peering_whose_other_half_is_gone_is_half_made() -> None:
    made = World()
    one, other = made.vnet("vnet-a", "10.1.0.0/16"), made.vnet("vnet-b", "10.2.0.0/16")
    made.peering(one, other)
    link = links(estate.desk(made).facts).all[0]
    assert (link.state, link.text) == (LinkState.HALF, "only vnet-a has its half")


def test_a_peering_whose_other_half_was_not_read_is_unknown() -> None:
    made = World()
    one = made.vnet("vnet-a", "10.1.0.0/16")
    other = made.vnet("vnet-b", "10.2.0.0/16", sub="00000000-0000-0000-0000-00000000beef")
    made.peering(one, other)
    kind = "microsoft.network/virtualnetworks/virtualnetworkpeerings"
    made.denied(kind, "/subscriptions/00000000-0000-0000-0000-00000000beef")
    found = estate.desk(made)
    assert links(found.facts).all[0].state is LinkState.UNKNOWN
    assert gaps(found.facts) == (
        "Peerings of 1 network were not readable: their edges are unknown.",
    )


def test_the_own_half_of_a_hub_does_not_count_for_forwarded_traffic() -> None:
    made = estate.many(1)
    hub, spoke = (row for row in made.rows if "/virtualNetworks/" in row["id"])
    halves = hub["properties"]["virtualNetworkPeerings"]
    halves[0]["properties"]["allowForwardedTraffic"] = False
    assert links(estate.desk(made).facts).all[0].state is LinkState.CONNECTED
    halves = spoke["properties"]["virtualNetworkPeerings"]
    halves[0]["properties"]["allowForwardedTraffic"] = False
    assert links(estate.desk(made).facts).all[0].state is LinkState.NO_FORWARDED


def test_hubs_come_with_their_spokes_and_every_network_has_one_place() -> None:
    found = clusters(estate.desk().facts)
    named = {short(one.head): [short(spoke) for spoke in one.spokes] for one in found.all}
    assert named["vnet-hub"] == [
        "vnet-barred",
        "vnet-cut",
        "vnet-deaf",
        "vnet-elsewhere",
        "vnet-fine",
        "vnet-half",
        "vnet-silent",
    ]
    assert named["hub-wan"] == ["vnet-branch"]
    assert [spokes for head, spokes in named.items() if "mesh" in head] == [
        ["vnet-mesh-a", "vnet-mesh-b"]
    ]
    assert [short(one) for one in found.loose] == ["vnet-alone"]
    places = [one for c in found.all for one in (c.head, *c.spokes)] + list(found.loose)
    assert len(places) == len(set(places))


def test_hub_connections_are_links_too() -> None:
    found = links(estate.desk().facts)
    wan = [link for link in found.all if link.kind is LinkKind.WAN]
    assert [short(link.b) for link in wan] == ["vnet-branch"]
    assert found.between(wan[0].a, wan[0].b) is wan[0]
    assert found.between(wan[0].a, ArmId("/nowhere")) is None


def test_networks_that_reach_no_hub_hang_on_the_best_joined_of_them() -> None:
    made = World()
    nets = [made.vnet(f"vnet-{name}", f"10.{at}.0.0/16") for at, name in enumerate("abcd")]
    made.peer(nets[1], nets[0])
    made.peer(nets[1], nets[2])
    found = clusters(estate.desk(made).facts)
    assert [(short(c.head), [short(s) for s in c.spokes]) for c in found.all] == [
        ("vnet-b", ["vnet-a", "vnet-c"])
    ]
    assert [short(one) for one in found.loose] == ["vnet-d"]


def test_a_hub_that_was_not_read_is_no_missing_network() -> None:
    made = World()
    wan = made.virtual_hub("hub-wan", made.virtual_wan("wan"), "10.70.0.0/24")
    made.hub_connection(wan, made.vnet("vnet-branch", "10.71.0.0/16"))
    made.rows = [row for row in made.rows if row["id"] != wan]
    made.unread("microsoft.network/virtualhubs")
    found = whole(estate.desk(made))
    hub = next(card for card in found.cards if card.name == "hub-wan")
    assert hub.word == "Virtual WAN hub"
    assert "".join(piece.text for piece in hub.lines[0]) == "not read"
