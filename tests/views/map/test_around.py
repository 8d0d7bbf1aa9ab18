"""What surrounds one network or server."""

import pytest

from pgtopo.model.base import Resource
from pgtopo.model.dns import DnsResolver
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.routing import GatewayConnection, LocalNetworkGateway, VirtualNetworkGateway
from pgtopo.model.server import FlexibleServer
from pgtopo.views.map.around import around
from pgtopo.views.map.as_text import text_of
from pgtopo.views.map.card import Card, Scene
from pgtopo.views.map.homes import network_of
from pgtopo.views.map.link_state import LinkState
from pgtopo.views.map.racks import plan
from tests.views.map import estate


def named(kind: type[Resource], name: str) -> ArmId:
    return next(one.id for one in estate.desk().topology.all(kind) if one.name == name)


def scene(kind: type[Resource], name: str) -> Scene:
    return around(estate.desk(), named(kind, name))


def text(card: Card) -> str:
    return "\n".join("".join(piece.text for piece in row) for row in card.lines)


def test_around_a_network_are_its_subnets_peers_and_what_lies_behind_them() -> None:
    made = scene(VirtualNetwork, "vnet-fine")
    plate = made.plates[0]
    assert plate.head.name == "vnet-fine"
    assert "snet-pg  10.1.1.0/28" in text(plate.head)
    assert "✖ psql-orders" in text(plate.head)
    peers = {limb.card.name: limb for limb in plate.limbs}
    assert set(peers) == {"vnet-hub", "vnet-deaf"}
    assert "firewall afw-hub" in text(peers["vnet-hub"].card)
    assert "behind it 5 networks" in text(peers["vnet-hub"].card)
    assert "─●─ vnet-deaf" not in text(peers["vnet-deaf"].card)
    assert "vnet-hub" in text(peers["vnet-deaf"].card)


def test_around_a_network_are_the_zones_it_sees_and_those_its_servers_need() -> None:
    names = scene(VirtualNetwork, "vnet-fine").plates[1]
    assert "asks Azure DNS" in text(names.head)
    zone = names.limbs[0]
    assert zone.card.name == "orders.private.postgres.database.azure.com"
    assert zone.state is LinkState.DISCONNECTED
    assert "not linked to this network" in text(zone.card)
    hub = scene(VirtualNetwork, "vnet-hub").plates[1].limbs[0]
    assert hub.state is LinkState.CONNECTED


def test_around_a_server_its_own_subnet_is_told_and_the_others_counted() -> None:
    made = scene(FlexibleServer, "psql-orders")
    head = text(made.plates[0].head)
    assert "snet-pg" in head
    assert "snet-app" not in head
    assert "and 1 other subnet" in head
    assert made.title == "around psql-orders"


def test_around_a_server_in_no_network_are_the_networks_of_its_endpoints() -> None:
    made = scene(FlexibleServer, "psql-web")
    plate = made.plates[0]
    assert plate.head.tag == "in no network"
    assert [(one.card.name, one.state) for one in plate.limbs] == [
        ("vnet-hub", LinkState.CONNECTED)
    ]


def test_everything_in_a_network_has_its_surroundings() -> None:
    desk = estate.desk()
    subnet = named(Subnet, "snet-app")
    assert network_of(desk.topology, subnet) == named(VirtualNetwork, "vnet-fine")
    made = around(desk, subnet)
    assert made.plates[0].head.name == "vnet-fine"
    assert network_of(desk.topology, ArmId("/subscriptions/x")) is None
    assert around(desk, ArmId("/subscriptions/x")).plates == ()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (LocalNetworkGateway, "lgw-office"),
        (GatewayConnection, "con-office"),
        (VirtualNetworkGateway, "vgw-hub"),
        (AzureFirewall, "afw-hub"),
        (DnsResolver, "dnspr-hub"),
        (PrivateEndpoint, "pe-web"),
    ],
)
def test_what_stands_in_a_network_or_behind_its_gateway_is_looked_at_there(
    kind: type[Resource], name: str
) -> None:
    hub = named(VirtualNetwork, "vnet-hub")
    assert network_of(estate.desk().topology, named(kind, name)) == hub
    made = scene(kind, name)
    assert made.title == f"around {name}"
    assert made.plates[0].head.name == "vnet-hub"


def test_a_network_that_was_not_read_is_drawn_dashed() -> None:
    desk = estate.desk()
    gone = ArmId(named(VirtualNetwork, "vnet-hub").replace("vnet-hub", "vnet-elsewhere"))
    made = around(desk, gone)
    assert made.plates[0].head.border.value == "dashed"
    assert "missing" in text_of(plan(made, 80))
