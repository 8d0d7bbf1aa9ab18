"""Worked examples about gateways, connected groups and what configuration cannot tell."""

from __future__ import annotations

from tests.estates.rows import hex_label, route, rule
from tests.examples.ask import ask, assumptions, says
from tests.examples.scene import (
    BY_DEFAULT_IN,
    LINKED_TO,
    RECORD,
    TO_FIREWALL,
    ZONE,
    Scene,
)

SITE = "onprem:192.168.10.0/24"
ASKING = "--client-dns=10.0.2.4"
FROM_HUB = (
    "forward_route: vnet-hub/peer-vnet-hub-to-vnet-b remoteAddressSpace.addressPrefixes=10.2.0.0/16"
)
TO_SITE = "return_route: lng-site localNetworkAddressSpace=192.168.0.0/16"


def test_g8_on_premises_through_vpn() -> None:
    """Worked example G8."""
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, SITE, "pg1", ASKING)
    says(found, "allowed", "allowed", RECORD, FROM_HUB, BY_DEFAULT_IN, TO_SITE)
    assert "ONPREM_DEVICE" in assumptions(found)


def test_g9_zone_not_linked_to_the_resolver_network() -> None:
    """Worked example G9."""
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    scene.linked(scene.b)
    found = ask(scene, SITE, "pg1", ASKING)
    says(found, "blocked ZONE_NOT_LINKED", "allowed", f"{LINKED_TO}vnet-b", TO_SITE)
    says(ask(scene, "vm-b", "pg1"), "allowed", "allowed", RECORD)


def test_g10_propagation_disabled_loses_the_return_route() -> None:
    """Worked example G10."""
    scene = Scene(pg_nsg=[], pg_disable_bgp=True).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, SITE, "pg1", ASKING)
    by = ("return_route: rt-pg disableBgpRoutePropagation=True", FROM_HUB, BY_DEFAULT_IN)
    says(found, "allowed", "blocked NO_ROUTE", *by)


def _mesh(scene: Scene) -> Scene:
    scene.linked(scene.a)
    for network in (scene.a, scene.b):
        scene.connectivity(network)
        scene.group_membership(network)
    return scene


def test_g30_connected_group_needs_no_peering() -> None:
    """Worked example G30."""
    found = ask(_mesh(Scene()), "vm-a", "pg1")
    by = "forward_route: vnet-b addressSpace.addressPrefixes=10.2.0.0/16"
    says(found, "allowed", "allowed", by)
    assert any("ConnectedGroup" in one["text"] for one in found["steps"])


def test_g30_connectivity_not_readable() -> None:
    """Worked example G30."""
    scene = Scene()
    scene.linked(scene.a)
    for kind in (
        "microsoft.network/effectiveconnectivityconfigurations",
        "microsoft.network/networkgroupmemberships",
    ):
        scene.denied(kind)
    by = "forward_route: vnet-a virtualNetworkPeerings="
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown CONNECTIVITY_UNSEEN", by)


def test_g32_inner_traffic_denied_leaves_clients_alone() -> None:
    """Worked example G32."""
    rules = [
        rule("allow-app", 100, "Allow", src="10.1.0.0/16", ports="5432"),
        rule("deny-all", 4000, "Deny", protocol="*"),
    ]
    scene = Scene(pg_nsg=rules).peered()
    scene.linked(scene.a, scene.b)
    by = "server_filter: nsg-pg/allow-app access=Allow"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)
    assert "PGT302" in scene.findings()


def _through_gateway_and_firewall(*, with_return: bool) -> Scene:
    back = route("to-site", "192.168.0.0/16", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(pg_nsg=[], pg_routes=[back] if with_return else [])
    scene.branch(allowForwardedTraffic=True)
    scene.firewall()
    table = scene.route_table(
        "rt-gw", route("to-db", "10.2.0.0/16", "VirtualAppliance", TO_FIREWALL)
    )
    gateway = f"{scene.hub}/subnets/GatewaySubnet"
    scene.properties(gateway)["routeTable"] = {"id": table}
    scene.hub_resolver()
    scene.linked(scene.hub)
    return scene


STEERED_IN = "forward_route: rt-gw/to-db nextHopType=VirtualAppliance"


def test_g33_on_premises_through_the_firewall_both_ways() -> None:
    """Worked example G33."""
    found = ask(_through_gateway_and_firewall(with_return=True), SITE, "pg1", ASKING)
    through = "transit: fwp-hub/rcg-net ruleCollections/pg=allow"
    says(found, "allowed", "allowed", STEERED_IN, through, TO_SITE, BY_DEFAULT_IN)


def test_g33_on_premises_return_goes_past_the_firewall() -> None:
    """Worked example G33."""
    found = ask(_through_gateway_and_firewall(with_return=False), SITE, "pg1", ASKING)
    says(found, "allowed", "blocked ASYMMETRIC_PATH", TO_SITE, STEERED_IN)


def test_g34_j70_configuration_is_judged_not_the_cache() -> None:
    """Worked example G34."""
    scene = Scene().peered()
    scene.properties(scene.record)["aRecords"] = [{"ipv4Address": "10.2.1.6"}]
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    by = f"dns: {ZONE}/{hex_label('pg1')} aRecords[].ipv4Address=10.2.1.6"
    says(found, "allowed", "allowed", by)
    assert found["dns"]["answers"] == ["10.2.1.6"]
    scene.lock(scene.z, "keep")
    assert "PGT001" in scene.findings()


def test_g35_j70_point_to_site_client_profile_is_not_known() -> None:
    """Worked example G35."""
    scene = Scene(pg_nsg=[]).branch()
    pool = {"vpnClientAddressPool": {"addressPrefixes": ["172.30.0.0/24"]}}
    gateway = next(
        row["id"] for row in scene.rows if row["type"].endswith("/virtualnetworkgateways")
    )
    scene.properties(gateway)["vpnClientConfiguration"] = pool
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:172.30.0.0/24", "pg1", ASKING)
    pool_of = "vgw-hub vpnClientConfiguration.vpnClientAddressPool=172.30.0.0/24"
    by = (f"forward_route: {pool_of}", f"return_route: {pool_of}")
    says(found, "allowed", "unknown CLIENT_PROFILE", *by)
    assert "CLIENT_PROFILE" in assumptions(found)
