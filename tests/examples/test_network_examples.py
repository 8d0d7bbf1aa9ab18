"""Worked examples about routes, peerings, filters and gateways with an injected server."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import admin_rule, route, rule
from tests.examples.ask import ask, assumptions, decider, step, verdicts
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, TO_FIREWALL, Scene

ALLOWED = ("allowed", "allowed", "allowed")
NETWORK_BLOCKED = ("allowed", "blocked", "blocked")
NETWORK_UNKNOWN = ("allowed", "unknown", "unknown")
DENY_ALL = rule("deny-all", 4096, "Deny", protocol="*")


def test_g1_same_network_is_allowed() -> None:
    """G1."""
    scene = Scene(pg_nsg=[])
    scene.linked(scene.b)
    found = ask(scene, "vm-b", "pg1")
    assert verdicts(found) == ALLOWED
    assert found["dns"]["answers"] == ["10.2.1.5"]
    assert found["dns"]["zone"].lower() == scene.z.lower()
    assert "allowvnetinbound" in decider(found, "server_filter")


def test_g2_peering_without_zone_link() -> None:
    """G2."""
    scene = Scene().peered()
    scene.linked(scene.b)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ("blocked", "allowed", "blocked")
    decided = step(found, "dns")["decided_by"]["resource"].lower()
    assert decided in {scene.z.lower(), scene.a.lower()}


def test_g3_zone_link_without_peering() -> None:
    """G3."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert found["dns"]["answers"] == ["10.2.1.5"]
    assert step(found, "forward_route")["verdict"] == "blocked"
    assert "10.0.0.0/8" in step(found, "forward_route")["text"] + decider(found, "forward_route")


@pytest.mark.parametrize("state", ["Initiated", "Disconnected"])
def test_g4_one_sided_peering(state: str) -> None:
    """G4."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    scene.peering(scene.a, scene.b, state=state)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    text = " ".join(str(one) for one in found["steps"] if one["verdict"] == "blocked").lower()
    assert "peer-vnet-a-to-vnet-b" in text
    assert state.lower() in text


def _grown(scene: Scene) -> str:
    """vnet-b gained 10.3.0.0/24, which holds a second server."""
    scene.properties(scene.b)["addressSpace"]["addressPrefixes"].append("10.3.0.0/24")
    subnet = scene.subnet(scene.b, "snet-pg-new", "10.3.0.0/28", delegation="pg")
    scene.a_record(scene.z, "0123456789ab", "10.3.0.4")
    return scene.server("pg2", subnet, scene.z)


def test_g5_range_added_after_the_peering() -> None:
    """G5."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    stale, _ = scene.peer(scene.a, scene.b, {"peeringSyncLevel": "RemoteNotInSync"})
    _grown(scene)
    both = ["10.2.0.0/16", "10.3.0.0/24"]
    scene.properties(stale)["remoteVirtualNetworkAddressSpace"]["addressPrefixes"] = both
    found = ask(scene, "vm-a", "pg2")
    assert verdicts(found) == NETWORK_BLOCKED
    text = " ".join(str(one) for one in found["steps"] if one["verdict"] == "blocked").lower()
    assert "peer-vnet-a-to-vnet-b" in text
    assert "sync" in text


def test_g5_stale_sync_level_alone_is_allowed() -> None:
    """G5."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    scene.peer(scene.a, scene.b, {"peeringSyncLevel": "RemoteNotInSync"})
    assert verdicts(ask(scene, "vm-a", "pg1")) == ALLOWED


def test_g6_deny_all_at_4096_closes_the_own_network() -> None:
    """G6."""
    scene = Scene(pg_nsg=[DENY_ALL])
    scene.linked(scene.b)
    found = ask(scene, "vm-b", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert "deny-all" in decider(found, "server_filter", "blocked")


def test_g7_allow_for_one_network_leaves_the_own_one_closed() -> None:
    """G7."""
    allow = rule("allow-app", 200, "Allow", src="10.1.0.0/16", ports="5432")
    scene = Scene(pg_nsg=[allow, DENY_ALL]).peered()
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ALLOWED
    assert "allow-app" in decider(found, "server_filter")
    found = ask(scene, "vm-b", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert "deny-all" in decider(found, "server_filter", "blocked")


def test_g8_on_premises_through_vpn() -> None:
    """G8."""
    scene = Scene(pg_nsg=[]).branch()
    resolver = scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", f"--client-dns={resolver}")
    assert verdicts(found) == ALLOWED
    assert "ONPREM_DEVICE" in assumptions(found)


def test_g9_zone_not_linked_to_the_resolver_network() -> None:
    """G9."""
    scene = Scene(pg_nsg=[]).branch()
    resolver = scene.hub_resolver()
    scene.linked(scene.b)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", f"--client-dns={resolver}")
    assert verdicts(found) == ("blocked", "allowed", "blocked")
    assert verdicts(ask(scene, "vm-b", "pg1")) == ALLOWED


def test_g10_propagation_disabled_loses_the_return_route() -> None:
    """G10."""
    scene = Scene(pg_nsg=[], pg_disable_bgp=True).branch()
    resolver = scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", f"--client-dns={resolver}")
    assert verdicts(found) == NETWORK_BLOCKED
    assert step(found, "return_route")["verdict"] == "blocked"


def test_g11_default_route_does_not_capture_the_own_network() -> None:
    """G11."""
    scene = Scene(pg_routes=[route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)])
    scene.appliance()
    scene.peer(scene.b, scene.hub)
    scene.linked(scene.b)
    assert verdicts(ask(scene, "vm-b", "pg1")) == ALLOWED


def test_g12_no_return_route_from_the_database_side() -> None:
    """G12."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    scene.firewall()
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert step(found, "return_route")["verdict"] == "blocked"


def test_g12_direct_return_past_an_azure_firewall() -> None:
    """G12."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes().peered(allowForwardedTraffic=True)
    scene.firewall()
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert step(found, "return_route")["verdict"] == "blocked"


def test_g12_direct_return_past_a_generic_appliance() -> None:
    """G12."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes().peered(allowForwardedTraffic=True)
    scene.appliance()
    scene.linked(scene.a, scene.b)
    assert verdicts(ask(scene, "vm-a", "pg1")) == NETWORK_UNKNOWN


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
    """G13."""
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ALLOWED
    assert "fw-hub" in str(step(found, "transit")).lower()
    assert "allowvnetinbound" in decider(found, "server_filter")


def test_g14_forwarded_traffic_refused() -> None:
    """G14."""
    refuses = {"allowForwardedTraffic": False}
    scene = _hub_and_spoke(pg_nsg=[], b_flags=refuses)
    scene.firewall()
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    text = " ".join(str(one) for one in found["steps"] if one["verdict"] == "blocked").lower()
    assert "allowforwardedtraffic" in text
    allow = rule("allow-app", 200, "Allow", src="10.1.0.0/16", ports="5432")
    scene = _hub_and_spoke(pg_nsg=[allow], b_flags=refuses)
    scene.firewall()
    assert verdicts(ask(scene, "vm-a", "pg1")) == NETWORK_UNKNOWN


def test_g15_firewall_rules_not_readable() -> None:
    """G15."""
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    groups = "microsoft.network/firewallpolicies/rulecollectiongroups"
    scene.rows = [row for row in scene.rows if row["type"] != groups]
    scene.denied(groups)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_UNKNOWN
    assert step(found, "transit")["verdict"] == "unknown"


def test_g16_appliance_without_ip_forwarding() -> None:
    """G16."""
    scene = _hub_and_spoke(pg_nsg=[])
    scene.appliance(forwarding=False)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert "enableipforwarding" in decider(found, "transit", "blocked")


def test_g17_route_to_none_beats_the_peering() -> None:
    """G17."""
    scene = Scene(app_routes=[route("drop", "10.2.0.0/16", "None")]).peered()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert "drop" in decider(found, "forward_route", "blocked")


def test_g18_less_specific_route_does_not_beat_the_peering() -> None:
    """G18."""
    wide = route("wide", "10.0.0.0/8", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(app_routes=[wide]).spokes().peered()
    scene.firewall()
    scene.linked(scene.a)
    assert verdicts(ask(scene, "vm-a", "pg1")) == ALLOWED


def test_g25_admin_rules_come_before_the_nsg() -> None:
    """G25."""
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.linked(scene.a)
    scene.admin_rules(
        scene.b,
        admin_rule("open", 10, "AlwaysAllow", src=["10.1.0.0/16"], ports=["5432"]),
    )
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ALLOWED
    assert "open" in decider(found, "server_filter")


def test_g25_admin_deny_cannot_be_undone_by_the_nsg() -> None:
    """G25."""
    allow = rule("allow-pg", 100, "Allow", ports="5432")
    scene = Scene(pg_nsg=[allow]).peered()
    scene.linked(scene.a)
    scene.admin_rules(scene.b, admin_rule("shut", 5, "Deny", ports=["5432"]))
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == NETWORK_BLOCKED
    assert "shut" in decider(found, "server_filter", "blocked")


@pytest.mark.parametrize(
    ("pg_nsg", "expected"),
    [
        ([], NETWORK_BLOCKED),
        ([rule("allow-app", 200, "Allow", src="10.1.0.0/16", ports="5432")], NETWORK_UNKNOWN),
        (None, NETWORK_UNKNOWN),
    ],
)
def test_g28_virtual_network_access_switched_off(
    pg_nsg: list[dict[str, Any]] | None, expected: tuple[str, str, str]
) -> None:
    """G28."""
    scene = Scene(pg_nsg=pg_nsg)
    scene.linked(scene.a)
    scene.peer(scene.a, scene.b, {}, {"allowVirtualNetworkAccess": False})
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == expected
    assert "allowvirtualnetworkaccess" in str(found["steps"]).lower()


def test_g29_default_route_widens_the_virtual_network_tag() -> None:
    """G29."""
    default = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(pg_nsg=[], pg_routes=[default])
    scene.appliance()
    scene.peer(scene.b, scene.hub, {"allowForwardedTraffic": True})
    scene.linked(scene.b, scene.hub)
    found = ask(scene, "onprem:172.20.0.5/32", "pg1", "--client-dns=168.63.129.16")
    assert found["network"]["verdict"] == "unknown"
