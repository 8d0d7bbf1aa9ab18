"""Route tables and their routes."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.ids import fold
from pgtopo.model.routing import RouteRow, RouteTable, with_routes
from tests.sources.kinds.reading import NET, one, read

TABLE = f"{NET}/routeTables/rt-app"
TYPE = "microsoft.network/routetables"


def route(name: str = "to-fw", **properties: Any) -> dict[str, Any]:
    body = {
        "addressPrefix": "0.0.0.0/0",
        "nextHopType": "VirtualAppliance",
        "nextHopIpAddress": "10.0.1.4",
        "hasBgpOverride": False,
        **properties,
    }
    return {"id": f"{TABLE}/routes/{name}", "name": name, "properties": body}


def table(*routes: Any, **properties: Any) -> dict[str, Any]:
    body = {"routes": list(routes), "disableBgpRoutePropagation": True, **properties}
    return {"id": TABLE, "name": "rt-app", "type": TYPE, "properties": body}


def test_a_table_with_a_route() -> None:
    found = one(table(route()), RouteTable)
    (made,) = found.routes
    assert made.id == fold(f"{TABLE}/routes/to-fw")
    assert (made.name, made.prefix, made.hop_type, made.hop_ip) == (
        "to-fw",
        "0.0.0.0/0",
        "VirtualAppliance",
        "10.0.1.4",
    )
    assert found.is_propagation_disabled
    assert not found.disables_peering_routes


@pytest.mark.parametrize(("word", "expected"), [("All", True), ("None", False), (None, False)])
def test_peering_routes_can_be_switched_off(word: str | None, expected: bool) -> None:
    assert one(table(disablePeeringRoute=word), RouteTable).disables_peering_routes is expected


def test_several_appliances_behind_one_route() -> None:
    hop = {"nextHopIpAddresses": ["10.0.1.4", "10.0.1.5"]}
    row = table(route(nextHopType="VirtualApplianceEcmp", nextHopIpAddress=None, nextHop=hop))
    assert one(row, RouteTable).routes[0].hop_ips == ("10.0.1.4", "10.0.1.5")


def test_quirk_62_a_route_without_next_hop_address() -> None:
    row = table(route(nextHopType="Internet", nextHopIpAddress=""), route("b", hasBgpOverride=True))
    first, second = one(row, RouteTable).routes
    assert (first.hop_type, first.hop_ip, first.overrides_bgp) == ("Internet", "", False)
    assert second.overrides_bgp


def test_quirk_48_ipv6_routes_are_kept() -> None:
    row = table(route(addressPrefix="cab:cab::/96", nextHopIpAddress="cab:cab::1"))
    assert one(row, RouteTable).routes[0].prefix == "cab:cab::/96"


def test_an_unknown_hop_type_is_kept_and_noted() -> None:
    found = read(table(route(nextHopType="Teleport")))
    assert found.of(RouteTable)[0].routes[0].hop_type == "Teleport"
    assert [issue.path for issue in found.issues] == ["properties.nextHopType"]


def test_null_and_nameless_routes_are_left_out() -> None:
    row = table(None, {"properties": {}}, route())
    assert [made.name for made in one(row, RouteTable).routes] == ["to-fw"]


def test_a_route_as_a_row_of_its_own_joins_its_table() -> None:
    own = one(route(nextHopIpAddress="10.0.1.99") | {"type": f"{TYPE}/routes"}, RouteRow)
    assert own.table == fold(TABLE)
    held = one(table(route(), route("other")), RouteTable)
    joined = with_routes(held, [own])
    assert [(made.name, made.hop_ip) for made in joined.routes] == [
        ("other", "10.0.1.4"),
        ("to-fw", "10.0.1.99"),
    ]
    assert with_routes(held, []) is held
