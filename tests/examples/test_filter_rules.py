"""Decided readings of the filter rules: tags, application security groups, ties, admin rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import network_rule, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, findings, says, step
from tests.examples.scene import (
    BY_DEFAULT_IN,
    DATABASE_TO_SPOKE,
    SPOKE_TO_DATABASE,
    STEERED,
    TO_FIREWALL,
    Scene,
)

DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)
DENY_ALL = rule("deny-all", 4096, "Deny", protocol="*")
OUT = "client_filter: nsg-app"
IN = "server_filter: nsg-pg"
BY_DEFAULT_OUT = f"{OUT}/AllowVnetOutBound access=Allow"


def test_j1_source_that_only_a_default_route_could_put_in_the_tag() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DEFAULT], pg_nsg=[]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    by = ("server_filter: rt-pg/default addressPrefix=0.0.0.0/0", STEERED)
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown TAG_WITH_DEFAULT_ROUTE", *by)


def test_j1_default_route_to_the_internet_leaves_the_tag_alone() -> None:
    out = route("default", "0.0.0.0/0", "Internet")
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[out], pg_nsg=[]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    by = f"{IN}/DenyAllInBound access=Deny"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NSG_DEFAULT_DENY", by)


def test_j2_destination_that_only_a_default_route_could_put_in_the_tag() -> None:
    scene = Scene(app_routes=[DEFAULT], app_nsg=[], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    by = "client_filter: rt-app/default addressPrefix=0.0.0.0/0"
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown TAG_WITH_DEFAULT_ROUTE", by)


def _public(*rules: dict[str, Any]) -> World:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    nat = world.nat("nat-a", world.public_ip("pip-nat", "20.1.1.1"))
    nsg = world.nsg("nsg-app", *rules)
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nat=nat, nsg=nsg)
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    world.firewall_rule(world.public_server("pg1"), "nat", "20.1.1.1", "20.1.1.1")
    return world


@pytest.mark.parametrize(
    ("tag", "expected", "by"),
    [
        ("Storage", "allowed", "AllowInternetOutBound access=Allow"),
        ("AzureActiveDirectory", "allowed", "AllowInternetOutBound access=Allow"),
        ("AzureCloud", "blocked NSG_DENY", "deny-tag access=Deny"),
        ("AzureCloud.westeurope", "blocked NSG_DENY", "deny-tag access=Deny"),
        ("AzureCloud.northeurope", "allowed", "AllowInternetOutBound access=Allow"),
        ("Internet", "blocked NSG_DENY", "deny-tag access=Deny"),
        ("Sql", "unknown SQL_TAG", "deny-tag access=Deny"),
        ("Sql.WestEurope", "unknown SQL_TAG", "deny-tag access=Deny"),
        ("Sql.NorthEurope", "allowed", "AllowInternetOutBound access=Allow"),
        ("EventHub", "allowed", "AllowInternetOutBound access=Allow"),
    ],
)
def test_j3_j55_tags_against_the_address_of_a_public_server(
    tag: str, expected: str, by: str
) -> None:
    deny = rule("deny-tag", 100, "Deny", "Outbound", dst=tag, ports="5432")
    says(ask(_public(deny), "vm-a", "pg1"), "allowed", expected, f"{OUT}/{by}")


@pytest.mark.parametrize("side", ["source", "destination"])
@pytest.mark.parametrize(
    ("access", "expected", "by"),
    [
        ("Allow", "blocked NSG_DENY", f"{IN}/deny-all access=Deny"),
        ("Deny", "allowed", BY_DEFAULT_IN),
    ],
)
def test_j4_groups_never_match_at_a_delegated_subnet(
    access: str, expected: str, by: str, side: str
) -> None:
    scene = Scene().peered()
    group = scene.asg("asg-app")
    by_group = rule("by-group", 100, access, src_asgs=[group], ports="5432")
    if side == "destination":
        by_group = rule("by-group", 100, access, dst_asgs=[group], ports="5432")
    rules = [by_group]
    if access == "Allow":
        rules.append(DENY_ALL)
    scene.properties(scene.pg)["networkSecurityGroup"] = {"id": scene.nsg("nsg-pg", *rules)}
    nic = f"{scene.a.split('/providers/')[0]}/providers/Microsoft.Network/networkInterfaces/nic-a"
    for configuration in scene.properties(nic)["ipConfigurations"]:
        configuration["properties"]["applicationSecurityGroups"] = [{"id": group}]
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


def _grouped(*, has_member: bool) -> Scene:
    scene = Scene().peered()
    group = scene.asg("asg-app")
    deny = rule("deny-group", 100, "Deny", "Outbound", src_asgs=[group], ports="5432")
    scene.properties(scene.app)["networkSecurityGroup"] = {"id": scene.nsg("nsg-app", deny)}
    scene.nic("nic-member", scene.app, "10.1.2.9", asgs=[group] if has_member else [])
    scene.linked(scene.a)
    return scene


def test_j5_subnet_without_members_does_not_match() -> None:
    found = ask(_grouped(has_member=False), "snet-app", "pg1")
    says(found, "allowed", "allowed", BY_DEFAULT_OUT)


def test_j5_subnet_with_a_member_is_split() -> None:
    found = ask(_grouped(has_member=True), "snet-app", "pg1")
    others = ["10.1.2.0/29", "10.1.2.8/32", "10.1.2.10/31", "10.1.2.12/30", "10.1.2.16/28"]
    others += ["10.1.2.32/27", "10.1.2.64/26", "10.1.2.128/25"]
    parts = {"allowed": others, "blocked": ["10.1.2.9/32"]}
    says(found, "allowed", "mixed NSG_DENY", f"{OUT}/deny-group access=Deny", parts=parts)


def test_j46_address_without_a_network_interface_is_in_no_group() -> None:
    scene = _grouped(has_member=True)
    says(ask(scene, "10.1.2.77", "pg1"), "allowed", "allowed", BY_DEFAULT_OUT)
    by = f"{OUT}/deny-group access=Deny"
    says(ask(scene, "10.1.2.9", "pg1"), "allowed", "blocked NSG_DENY", by)


@pytest.mark.parametrize(
    ("second", "expected", "by"),
    [("Allow", "allowed", "one access=Allow"), ("Deny", "unknown PRIORITY_TIE", "two access=Deny")],
)
def test_j6_tie_matters_only_where_it_decides(second: str, expected: str, by: str) -> None:
    """The warning about the data appears either way."""
    rules = [
        rule("one", 200, "Allow", src="10.1.0.0/16", ports="5432"),
        rule("two", 200, second, src="10.0.0.0/8", ports="5432"),
    ]
    scene = Scene(pg_nsg=rules).peered()
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, f"{IN}/{by}")
    assert "PGT314" in findings(scene)


ACCESS_OFF = "allowVirtualNetworkAccess=False"
B_HALF = "peering: vnet-b/peer-vnet-b-to-vnet-a"


@pytest.mark.parametrize("steered", ["10.0.0.0/8", "0.0.0.0/0", None])
@pytest.mark.parametrize(
    ("source", "verdict"),
    [("*", "unknown"), ("10.1.2.0/24", "unknown"), ("VirtualNetwork", "blocked")],
)
def test_j8_j48_what_counts_as_an_explicit_allow(
    source: str, verdict: str, steered: str | None
) -> None:
    """A route that keeps, or might keep, the peer's range in the tag changes nothing."""
    keeps = [route("keeps", steered, "VirtualNetworkGateway")] if steered else []
    allow = rule("allow", 200, "Allow", src=source, ports="5432")
    scene = Scene(pg_nsg=[allow], pg_routes=keeps)
    scene.peer(scene.a, scene.b, {}, {"allowVirtualNetworkAccess": False})
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", f"{verdict} PEERING_ACCESS_OFF", f"{B_HALF} {ACCESS_OFF}")


@pytest.mark.parametrize(
    ("pg_nsg", "expected"),
    [([], "blocked PEERING_ACCESS_OFF"), (None, "unknown PEERING_ACCESS_OFF")],
)
def test_j8_only_default_rules_or_none_at_all(
    pg_nsg: list[dict[str, Any]] | None, expected: str
) -> None:
    scene = Scene(pg_nsg=pg_nsg)
    scene.peer(scene.a, scene.b, {}, {"allowVirtualNetworkAccess": False})
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, f"{B_HALF} {ACCESS_OFF}")


@pytest.mark.parametrize(
    ("nic_rules", "expected"),
    [([], "blocked"), ([rule("nic-out", 100, "Allow", "Outbound")], "unknown")],
)
def test_j48_both_groups_of_an_interface_must_be_explicit(
    nic_rules: list[dict[str, Any]], expected: str
) -> None:
    scene = Scene(app_nsg=[rule("subnet-out", 100, "Allow", "Outbound")])
    scene.peer(scene.a, scene.b, {"allowVirtualNetworkAccess": False}, {})
    strict = scene.nic("nic-strict", scene.app, "10.1.2.50", nsg=scene.nsg("nsg-nic", *nic_rules))
    scene.vm("vm-strict", strict)
    scene.linked(scene.a)
    by = f"peering: vnet-a/peer-vnet-a-to-vnet-b {ACCESS_OFF}"
    heading = ("client_filter: nsg-nic/DenyAllOutBound access=Deny", by)
    found = ask(scene, "vm-strict", "pg1")
    if expected == "blocked":
        says(found, "allowed", "blocked NSG_DEFAULT_DENY", *heading)
        assert step(found, "peering", "blocked")["code"] == "PEERING_ACCESS_OFF"
    else:
        says(found, "allowed", "unknown PEERING_ACCESS_OFF", by)


def test_j34_j45_ranges_of_a_broken_peering_are_not_in_the_tag() -> None:
    """Connected on one side alone is as little as on neither."""
    for half in ({"state": "Disconnected"}, {"state": "Connected"}):
        scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_nsg=[]).spokes()
        scene.firewall()
        scene.peer(scene.a, scene.b, {"state": "Disconnected"}, half)
        scene.linked(scene.a)
        by = f"{IN}/DenyAllInBound access=Deny"
        says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NSG_DEFAULT_DENY", by)


@pytest.mark.parametrize("hop", ["None", "Internet", "VirtualNetworkGateway", "VirtualAppliance"])
def test_j62_prefixes_of_routes_are_in_the_tag_whatever_their_next_hop(hop: str) -> None:
    own = route("app", "10.1.0.0/16", hop, TO_FIREWALL if hop == "VirtualAppliance" else None)
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_nsg=[], pg_routes=[own]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    found = step(ask(scene, "vm-a", "pg1"), "server_filter")
    assert (found["verdict"], found["code"]) == ("allowed", "OK")
    assert found["decided_by"]["resource"].endswith("/AllowVnetInBound")


def test_j62_prefixes_behind_a_gateway_stay_in_the_tag_without_propagation() -> None:
    scene = Scene(pg_nsg=[], pg_disable_bgp=True).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", "--client-dns=10.0.2.4")
    by = ("return_route: rt-pg disableBgpRoutePropagation=True", BY_DEFAULT_IN)
    says(found, "allowed", "blocked NO_ROUTE", *by)


def test_j63_admin_rules_not_visible_is_an_assumption() -> None:
    scene = Scene(pg_nsg=[]).peered()
    scene.linked(scene.a)
    scene.denied("microsoft.network/effectivesecurityadminrules")
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", "allowed", BY_DEFAULT_IN)
    assert "ADMIN_RULES_UNSEEN" in assumptions(found)


def test_j63_connected_groups_not_read_leave_networks_apart_open() -> None:
    scene = Scene(pg_nsg=[])
    scene.linked(scene.a)
    scene.denied("microsoft.network/effectiveconnectivityconfigurations")
    by = "forward_route: vnet-a virtualNetworkPeerings="
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown CONNECTIVITY_UNSEEN", by)
    scene.peered()
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", BY_DEFAULT_IN)


def test_j63_device_at_the_other_end_of_a_gateway_is_an_assumption() -> None:
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", "--client-dns=10.0.2.4")
    says(found, "allowed", "allowed", BY_DEFAULT_IN)
    assert "ONPREM_DEVICE" in assumptions(found)


def test_source_port_rules_split_the_answer() -> None:
    some = rule("some-ports", 100, "Deny", "Outbound", ports="5432", src_ports="40000-50000")
    scene = Scene(app_nsg=[some]).peered()
    scene.linked(scene.a)
    by = f"{OUT}/some-ports access=Deny"
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown SOURCE_PORT", by)
    low = rule("low-ports", 100, "Deny", "Outbound", ports="5432", src_ports="1-1023")
    scene = Scene(app_nsg=[low]).peered()
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", BY_DEFAULT_OUT)


def test_half_allowed_subnet_is_mixed_with_exact_parts() -> None:
    deny = rule("deny-half", 100, "Deny", src="10.1.2.128/25", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.linked(scene.a)
    parts = {"allowed": ["10.1.2.0/25"], "blocked": ["10.1.2.128/25"]}
    by = f"{IN}/deny-half access=Deny"
    says(ask(scene, "snet-app", "pg1"), "allowed", "mixed NSG_DENY", by, parts=parts)


def test_firewall_that_denies_blocks() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall(network_rule("other", ["10.1.0.0/16"], ["10.2.0.0/16"], ["443"]))
    scene.linked(scene.a)
    by = "transit: fwp-hub ruleCollectionGroups=None"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked FIREWALL_DENY", by)
