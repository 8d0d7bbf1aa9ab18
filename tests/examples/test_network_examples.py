"""Worked examples about routes, peerings, filters and appliances with an injected server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import admin_rule, route, rule
from tests.examples.ask import ask, says, step
from tests.examples.scene import (
    BY_DEFAULT_IN,
    DATABASE_TO_SPOKE,
    LINKED_TO,
    PEERED_ROUTE,
    RECORD,
    SPOKE_TO_DATABASE,
    STEERED,
    TO_FIREWALL,
    Scene,
)

DENY_ALL = rule("deny-all", 4096, "Deny", protocol="*")
ALLOW_APP = rule("allow-app", 200, "Allow", src="10.1.0.0/16", ports="5432")
THROUGH_FIREWALL = "transit: fwp-hub/rcg-net ruleCollections/pg=allow"
ROUTE_TO_B = PEERED_ROUTE + "10.2.0.0/16"


def test_g1_same_network_is_allowed() -> None:
    """Worked example G1."""
    scene = Scene(pg_nsg=[])
    scene.linked(scene.b)
    found = ask(scene, "vm-b", "pg1")
    local = "vnet-b addressSpace.addressPrefixes=10.2.0.0/16"
    says(found, "allowed", "allowed", RECORD, f"forward_route: {local}", BY_DEFAULT_IN)
    says(found, "allowed", "allowed", f"return_route: {local}")
    assert found["dns"]["answers"] == ["10.2.1.5"]
    assert found["dns"]["zone"].lower() == scene.z.lower()


def test_g2_peering_without_zone_link() -> None:
    """Worked example G2."""
    scene = Scene().peered()
    scene.linked(scene.b)
    found = ask(scene, "vm-a", "pg1")
    says(found, "blocked ZONE_NOT_LINKED", "allowed", f"{LINKED_TO}vnet-b", ROUTE_TO_B)
    assert any("az network private-dns link vnet create" in c for c in _commands(found))


def _commands(found: dict[str, Any]) -> list[str]:
    return [command for fix in found["fixes"] for command in fix["commands"]]


def test_g3_zone_link_without_peering() -> None:
    """Worked example G3."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    nowhere = "forward_route: vnet-a virtualNetworkPeerings="
    says(found, "allowed", "blocked NO_ROUTE", nowhere, RECORD)
    assert found["dns"]["answers"] == ["10.2.1.5"]
    assert "10.0.0.0/8" in step(found, "forward_route")["text"]


@pytest.mark.parametrize("state", ["Initiated", "Disconnected"])
def test_g4_one_sided_peering(state: str) -> None:
    """Worked example G4."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    scene.peering(scene.a, scene.b, state=state)
    found = ask(scene, "vm-a", "pg1")
    half = f"vnet-a/peer-vnet-a-to-vnet-b peeringState={state}"
    by = (f"forward_route: {half}", f"return_route: {half}")
    says(found, "allowed", "blocked PEERING_NOT_CONNECTED", *by)


def _grown(scene: Scene) -> str:
    """vnet-b gained 10.3.0.0/24, which holds a second server."""
    scene.properties(scene.b)["addressSpace"]["addressPrefixes"].append("10.3.0.0/24")
    subnet = scene.subnet(scene.b, "snet-pg-new", "10.3.0.0/28", delegation="pg")
    scene.a_record(scene.z, "0123456789ab", "10.3.0.4")
    return scene.server("pg2", subnet, scene.z)


def test_g5_range_added_after_the_peering() -> None:
    """Worked example G5."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    stale, _ = scene.peer(scene.a, scene.b, {"peeringSyncLevel": "RemoteNotInSync"})
    _grown(scene)
    both = ["10.2.0.0/16", "10.3.0.0/24"]
    scene.properties(stale)["remoteVirtualNetworkAddressSpace"]["addressPrefixes"] = both
    found = ask(scene, "vm-a", "pg2")
    says(found, "allowed", "blocked PEERING_NOT_SYNCED", ROUTE_TO_B)
    assert any("az network vnet peering sync" in command for command in _commands(found))


def test_g5_stale_sync_level_alone_is_allowed() -> None:
    """Worked example G5."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    scene.peer(scene.a, scene.b, {"peeringSyncLevel": "RemoteNotInSync"})
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", ROUTE_TO_B)


def test_g6_deny_all_at_4096_closes_the_own_network() -> None:
    """Worked example G6."""
    scene = Scene(pg_nsg=[DENY_ALL])
    scene.linked(scene.b)
    found = ask(scene, "vm-b", "pg1")
    says(found, "allowed", "blocked NSG_DENY", "server_filter: nsg-pg/deny-all access=Deny")
    assert "PGT302" in scene.findings()


def test_g7_allow_for_one_network_leaves_the_own_one_closed() -> None:
    """Worked example G7."""
    scene = Scene(pg_nsg=[ALLOW_APP, DENY_ALL]).peered()
    scene.linked(scene.a, scene.b)
    by = "server_filter: nsg-pg/allow-app access=Allow"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)
    by = "server_filter: nsg-pg/deny-all access=Deny"
    says(ask(scene, "vm-b", "pg1"), "allowed", "blocked NSG_DENY", by)
    assert "PGT302" in scene.findings()


def test_g11_default_route_does_not_capture_the_own_network() -> None:
    """Worked example G11."""
    scene = Scene(pg_routes=[route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)])
    scene.appliance()
    scene.peer(scene.b, scene.hub)
    scene.linked(scene.b)
    local = "vnet-b addressSpace.addressPrefixes=10.2.0.0/16"
    by = (f"forward_route: {local}", f"return_route: {local}")
    says(ask(scene, "vm-b", "pg1"), "allowed", "allowed", *by)


def test_g12_no_return_route_from_the_database_side() -> None:
    """Worked example G12."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    scene.firewall()
    scene.linked(scene.a, scene.b)
    by = ("return_route: vnet-b virtualNetworkPeerings=peer-vnet-b-to-vnet-hub", STEERED)
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NO_ROUTE", *by)


DIRECT_BACK = "vnet-b/peer-vnet-b-to-vnet-a remoteAddressSpace.addressPrefixes=10.1.0.0/16"


def test_g12_direct_return_past_an_azure_firewall() -> None:
    """Worked example G12."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes().peered(allowForwardedTraffic=True)
    scene.firewall()
    scene.linked(scene.a, scene.b)
    by = (f"return_route: {DIRECT_BACK}", STEERED, THROUGH_FIREWALL)
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked ASYMMETRIC_PATH", *by)


def test_g12_direct_return_past_a_generic_appliance() -> None:
    """Worked example G12."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes().peered(allowForwardedTraffic=True)
    scene.appliance()
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    by = "transit: nic-nva ipConfigurations[].properties.privateIPAddress=10.0.1.4"
    says(found, "allowed", "unknown APPLIANCE_UNSEEN", by, f"return_route: {DIRECT_BACK}")
    assert step(found, "return_route", "unknown")["code"] == "ONE_WAY_STEERING"


def _hub_and_spoke(
    pg_nsg: list[dict[str, Any]] | None = None, b_flags: dict[str, Any] | None = None
) -> Scene:
    scene = Scene(
        app_routes=[SPOKE_TO_DATABASE],
        pg_routes=[
            DATABASE_TO_SPOKE,
            route("self", "10.2.1.0/28", "VnetLocal"),
            route("entra", "AzureActiveDirectory", "Internet"),
        ],
        pg_nsg=pg_nsg,
    ).spokes(b_flags=b_flags)
    scene.linked(scene.a)
    return scene


def test_g13_hub_and_spoke_through_the_firewall() -> None:
    """Worked example G13."""
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", "allowed", STEERED, THROUGH_FIREWALL, BY_DEFAULT_IN, RECORD)
    assert "fw-hub" in step(found, "transit")["text"]


REFUSES = "peering: vnet-b/peer-vnet-b-to-vnet-hub allowForwardedTraffic=False"


@pytest.mark.parametrize(
    ("pg_nsg", "expected"),
    [
        ([], "blocked FORWARDED_TRAFFIC_REFUSED"),
        ([ALLOW_APP], "unknown FORWARDED_TRAFFIC_REFUSED"),
    ],
)
def test_g14_forwarded_traffic_refused(pg_nsg: list[dict[str, Any]], expected: str) -> None:
    """Worked example G14."""
    scene = _hub_and_spoke(pg_nsg=pg_nsg, b_flags={"allowForwardedTraffic": False})
    scene.firewall()
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, REFUSES)


def test_g15_firewall_rules_not_readable() -> None:
    """Worked example G15."""
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    groups = "microsoft.network/firewallpolicies/rulecollectiongroups"
    scene.rows = [row for row in scene.rows if row["type"] != groups]
    scene.denied(groups)
    by = ("transit: fwp-hub ruleCollectionGroups=None", STEERED)
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown FIREWALL_UNSEEN", *by)


def test_g16_appliance_without_ip_forwarding() -> None:
    """Worked example G16."""
    scene = _hub_and_spoke(pg_nsg=[])
    scene.appliance(forwarding=False)
    by = "transit: nic-nva enableIPForwarding=False"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked APPLIANCE_NOT_FORWARDING", by)
    assert "PGT406" in scene.findings()


def test_g17_route_to_none_beats_the_peering() -> None:
    """Worked example G17."""
    scene = Scene(app_routes=[route("drop", "10.2.0.0/16", "None")]).peered()
    scene.linked(scene.a)
    by = "forward_route: rt-app/drop nextHopType=None"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked ROUTE_NONE", by)


def test_g18_less_specific_route_does_not_beat_the_peering() -> None:
    """Worked example G18."""
    wide = route("wide", "10.0.0.0/8", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(app_routes=[wide]).spokes().peered()
    scene.firewall()
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", ROUTE_TO_B)


def test_g25_admin_rules_come_before_the_nsg() -> None:
    """Worked example G25."""
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.linked(scene.a)
    scene.admin_rules(
        scene.b,
        admin_rule("open", 10, "AlwaysAllow", src=["10.1.0.0/16"], ports=["5432"]),
    )
    by = "server_filter: avnm/baseline/vnet-b/open access=AlwaysAllow"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)
    shut = rule("deny-out", 100, "Deny", "Outbound", ports="5432")
    scene.properties(scene.app)["networkSecurityGroup"] = {"id": scene.nsg("nsg-app", shut)}
    by = "client_filter: nsg-app/deny-out access=Deny"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NSG_DENY", by)


def test_g25_admin_deny_cannot_be_undone_by_the_nsg() -> None:
    """Worked example G25."""
    allow = rule("allow-pg", 100, "Allow", ports="5432")
    scene = Scene(pg_nsg=[allow]).peered()
    scene.linked(scene.a)
    scene.admin_rules(scene.b, admin_rule("shut", 5, "Deny", ports=["5432"]))
    found = ask(scene, "vm-a", "pg1")
    by = "server_filter: avnm/baseline/vnet-b/shut access=Deny"
    says(found, "allowed", "blocked ADMIN_DENY", by)
    assert not any("nsg rule" in command for command in _commands(found))


@pytest.mark.parametrize(
    ("pg_nsg", "expected"),
    [
        ([], "blocked PEERING_ACCESS_OFF"),
        ([ALLOW_APP], "unknown PEERING_ACCESS_OFF"),
        (None, "unknown PEERING_ACCESS_OFF"),
    ],
)
def test_g28_j70_virtual_network_access_switched_off(
    pg_nsg: list[dict[str, Any]] | None, expected: str
) -> None:
    """G28: Leaning towards allowed or not: the verdict is unknown."""
    scene = Scene(pg_nsg=pg_nsg)
    scene.linked(scene.a)
    scene.peer(scene.a, scene.b, {}, {"allowVirtualNetworkAccess": False})
    found = ask(scene, "vm-a", "pg1")
    off = "peering: vnet-b/peer-vnet-b-to-vnet-a allowVirtualNetworkAccess=False"
    says(found, "allowed", expected, off)
    if pg_nsg == []:
        assert step(found, "server_filter", "blocked")["code"] == "NSG_DEFAULT_DENY"


def test_g29_default_route_widens_the_virtual_network_tag() -> None:
    """Worked example G29."""
    default = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(pg_nsg=[], pg_routes=[default])
    scene.appliance()
    scene.peer(scene.b, scene.hub, {"allowForwardedTraffic": True})
    scene.linked(scene.b, scene.hub)
    scene.hub_resolver()
    found = ask(scene, "onprem:172.20.0.5/32", "pg1", "--client-dns=10.0.2.4")
    assert found["network"]["verdict"] == "unknown"
    assert found["verdict"] == "unknown"
    held = step(found, "server_filter")
    assert (held["verdict"], held["code"]) == ("unknown", "TAG_WITH_DEFAULT_ROUTE")
    says(
        found,
        "unknown DNS_SERVER_PATH_UNKNOWN",
        "unknown ONPREM_NOT_COVERED",
        "dns: nobody",
        "server_filter: rt-pg/default addressPrefix=0.0.0.0/0",
    )
