"""Virtual WANs, hubs and what hangs below hubs, Route Servers included."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.ids import fold
from pgtopo.model.routing import (
    HubConnection,
    HubIpConfiguration,
    HubRouteTable,
    RoutingIntent,
    VirtualHub,
    VirtualWan,
)
from tests.sources.kinds.reading import NET, VNET, one, ref

HUB = f"{NET}/virtualHubs/hub-weu"
TYPE = "microsoft.network/virtualhubs"
WAN = f"{NET}/virtualWans/wan"
FIREWALL = f"{NET}/azureFirewalls/afw-hub"
TABLE = f"{HUB}/hubRouteTables/defaultRouteTable"


def hub(kind: str | None = None, **properties: Any) -> dict[str, Any]:
    return {
        "id": HUB,
        "name": "hub-weu",
        "type": TYPE,
        "kind": kind,
        "location": "westeurope",
        "properties": properties,
    }


def child(segment: str, name: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{HUB}/{segment}/{name}",
        "name": name,
        "type": f"{TYPE}/{segment.lower()}",
        "properties": properties,
    }


def test_a_virtual_wan() -> None:
    row = {
        "id": WAN,
        "type": "microsoft.network/virtualwans",
        "properties": {"virtualHubs": [ref(HUB), None], "allowBranchToBranchTraffic": False},
    }
    found = one(row, VirtualWan)
    assert (found.hubs, found.allows_branch_to_branch) == ((fold(HUB),), False)


def test_a_hub() -> None:
    row = hub(
        addressPrefix="10.100.0.0/23",
        virtualWan=ref(WAN),
        azureFirewall=ref(FIREWALL),
        vpnGateway=ref(f"{NET}/vpnGateways/vpn"),
        expressRouteGateway=ref(f"{NET}/expressRouteGateways/er"),
        routingState="Provisioned",
        virtualRouterIps=["10.100.0.68", None],
    )
    found = one(row, VirtualHub)
    assert not found.is_route_server
    assert (found.prefix, found.wan, found.firewall) == (
        "10.100.0.0/23",
        fold(WAN),
        fold(FIREWALL),
    )
    assert found.vpn_gateway == fold(f"{NET}/vpnGateways/vpn")
    assert found.express_route_gateway == fold(f"{NET}/expressRouteGateways/er")
    assert (found.routing_state, found.router_ips) == ("Provisioned", ("10.100.0.68",))
    assert not found.has_static_routes


@pytest.mark.parametrize(
    ("kind", "properties", "expected"),
    [
        ("RouteServer", {"routingState": "Provisioning", "virtualRouterIps": []}, True),
        ("routeserver", {}, True),
        ("", {"ipConfigurations": [{"id": f"{HUB}/ipConfigurations/c"}]}, True),
        (None, {"virtualWan": {"id": WAN}}, False),
        (None, {"addressPrefix": "10.100.0.0/23", "ipConfigurations": [{"id": "/x/y"}]}, False),
        (None, {}, False),
    ],
)
def test_quirk_60_a_route_server_is_told_by_its_kind_or_its_shape(
    kind: str | None, properties: dict[str, Any], expected: bool
) -> None:
    assert one(hub(kind, **properties), VirtualHub).is_route_server is expected


def test_quirk_60_where_a_route_server_sits() -> None:
    subnet = f"{VNET}/subnets/RouteServerSubnet"
    found = one(child("ipConfigurations", "ipconfig1", subnet=ref(subnet)), HubIpConfiguration)
    assert (found.hub, found.subnet) == (fold(HUB), fold(subnet))


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"routeTable": {"routes": [{"addressPrefixes": ["0.0.0.0/0"]}]}}, True),
        ({"virtualHubRouteTableV2s": [{"properties": {"routes": [{"nextHops": ["x"]}]}}]}, True),
        ({"routeTable": {"routes": []}, "virtualHubRouteTableV2s": []}, False),
        ({"routeTable": {"routes": [None]}, "virtualHubRouteTableV2s": [None, {}]}, False),
    ],
)
def test_quirk_61_static_routes_in_the_hub_itself(
    properties: dict[str, Any], expected: bool
) -> None:
    assert one(hub(**properties), VirtualHub).has_static_routes is expected


def test_quirk_61_static_routes_in_a_hub_route_table() -> None:
    route = {
        "name": "to-fw",
        "destinationType": "CIDR",
        "destinations": ["0.0.0.0/0", None],
        "nextHopType": "ResourceId",
        "nextHop": FIREWALL,
    }
    row = child("hubRouteTables", "defaultRouteTable", labels=["default"], routes=[route, None, {}])
    found = one(row, HubRouteTable)
    assert (found.hub, found.labels) == (fold(HUB), ("default",))
    first, bare = found.routes
    assert (first.name, first.destinations, first.next_hop) == ("to-fw", ("0.0.0.0/0",), FIREWALL)
    assert (first.destination_type, bare.next_hop) == ("CIDR", "")


def test_a_connection_to_a_hub() -> None:
    row = child(
        "hubVirtualNetworkConnections",
        "conn-app",
        remoteVirtualNetwork=ref(VNET),
        enableInternetSecurity=True,
        routingConfiguration={
            "associatedRouteTable": ref(TABLE),
            "propagatedRouteTables": {"labels": ["default"], "ids": [ref(TABLE), None]},
            "vnetRoutes": {"staticRoutes": [{"name": "r", "addressPrefixes": ["10.9.0.0/16"]}]},
            "inboundRouteMap": ref(f"{HUB}/routeMaps/m"),
        },
    )
    found = one(row, HubConnection)
    assert (found.hub, found.network) == (fold(HUB), fold(VNET))
    assert found.has_internet_security
    assert (found.associated_table, found.propagated_tables) == (fold(TABLE), (fold(TABLE),))
    assert found.propagated_labels == ("default",)
    assert found.has_static_routes
    assert found.has_route_maps


def test_a_connection_without_routing() -> None:
    row = child(
        "hubVirtualNetworkConnections",
        "conn-app",
        routingConfiguration={"vnetRoutes": {"staticRoutes": []}, "outboundRouteMap": {}},
    )
    found = one(row, HubConnection)
    assert (found.network, found.associated_table, found.propagated_tables) == (None, None, ())
    assert not found.has_static_routes
    assert not found.has_route_maps


def test_a_routing_intent() -> None:
    policies = [
        {"name": "p", "destinations": ["PrivateTraffic", "Internet"], "nextHop": FIREWALL},
        None,
        {"name": "q", "destinations": None, "nextHop": FIREWALL},
    ]
    found = one(child("routingIntent", "hubRoutingIntent", routingPolicies=policies), RoutingIntent)
    assert found.hub == fold(HUB)
    assert found.policies == (("PrivateTraffic", FIREWALL), ("Internet", FIREWALL))
