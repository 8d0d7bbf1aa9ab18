"""Decided readings of the filter rules: tags, application security groups, ties, admin rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import network_rule, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, decider, step, verdicts
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, TO_FIREWALL, Scene

DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)
DENY_ALL = rule("deny-all", 4096, "Deny", protocol="*")


def test_j1_source_that_only_a_default_route_could_put_in_the_tag() -> None:
    """J1."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DEFAULT], pg_nsg=[]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert step(found, "server_filter")["verdict"] == "unknown"
    assert found["network"]["verdict"] == "unknown"


def test_j2_destination_that_only_a_default_route_could_put_in_the_tag() -> None:
    """J2."""
    scene = Scene(app_routes=[DEFAULT], app_nsg=[], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert step(found, "client_filter")["verdict"] == "unknown"


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
    ("tag", "expected"),
    [
        ("Storage", "allowed"),
        ("AzureActiveDirectory", "allowed"),
        ("AzureCloud", "blocked"),
        ("AzureCloud.westeurope", "blocked"),
        ("Internet", "blocked"),
        ("Sql", "unknown"),
        ("Sql.NorthEurope", "allowed"),
        ("EventHub", "allowed"),
    ],
)
def test_j3_j55_tags_against_the_address_of_a_public_server(tag: str, expected: str) -> None:
    """J3, J55."""
    deny = rule("deny-tag", 100, "Deny", "Outbound", dst=tag, ports="5432")
    found = ask(_public(deny), "vm-a", "pg1")
    assert step(found, "client_filter")["verdict"] == expected
    assert found["network"]["verdict"] == expected


@pytest.mark.parametrize(("access", "expected"), [("Allow", "blocked"), ("Deny", "allowed")])
def test_j4_groups_never_match_at_a_delegated_subnet(access: str, expected: str) -> None:
    """J4."""
    scene = Scene().peered()
    group = scene.asg("asg-app")
    rules = [rule("by-group", 100, access, src_asgs=[group], ports="5432")]
    if access == "Allow":
        rules.append(DENY_ALL)
    scene.properties(scene.pg)["networkSecurityGroup"] = {"id": scene.nsg("nsg-pg", *rules)}
    nic = f"{scene.a.split('/providers/')[0]}/providers/Microsoft.Network/networkInterfaces/nic-a"
    for configuration in scene.properties(nic)["ipConfigurations"]:
        configuration["properties"]["applicationSecurityGroups"] = [{"id": group}]
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


def _grouped(*, has_member: bool) -> Scene:
    scene = Scene().peered()
    group = scene.asg("asg-app")
    deny = rule("deny-group", 100, "Deny", "Outbound", src_asgs=[group], ports="5432")
    scene.properties(scene.app)["networkSecurityGroup"] = {"id": scene.nsg("nsg-app", deny)}
    scene.nic("nic-member", scene.app, "10.1.2.9", asgs=[group] if has_member else [])
    scene.linked(scene.a)
    return scene


def test_j5_subnet_without_members_does_not_match() -> None:
    """J5."""
    found = ask(_grouped(has_member=False), "snet-app", "pg1")
    assert found["network"]["verdict"] == "allowed"


def test_j5_subnet_with_a_member_is_split() -> None:
    """J5."""
    found = ask(_grouped(has_member=True), "snet-app", "pg1")
    assert found["verdict"] == "mixed"
    parts = {part["verdict"]: part["addresses"] for part in found["parts"]}
    assert parts["blocked"] == ["10.1.2.9/32"]
    assert "10.1.2.9/32" not in parts["allowed"]


def test_j46_address_without_a_network_interface_is_in_no_group() -> None:
    """J46."""
    scene = _grouped(has_member=True)
    assert ask(scene, "10.1.2.77", "pg1")["network"]["verdict"] == "allowed"
    assert ask(scene, "10.1.2.9", "pg1")["network"]["verdict"] == "blocked"


@pytest.mark.parametrize(("second", "expected"), [("Allow", "allowed"), ("Deny", "unknown")])
def test_j6_tie_matters_only_where_it_decides(second: str, expected: str) -> None:
    """J6."""
    rules = [
        rule("one", 200, "Allow", src="10.1.0.0/16", ports="5432"),
        rule("two", 200, second, src="10.0.0.0/8", ports="5432"),
    ]
    scene = Scene(pg_nsg=rules).peered()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("*", "unknown"), ("10.1.2.0/24", "unknown"), ("VirtualNetwork", "blocked")],
)
def test_j8_j48_what_counts_as_an_explicit_allow(source: str, expected: str) -> None:
    """J8, J48."""
    scene = Scene(pg_nsg=[rule("allow", 200, "Allow", src=source, ports="5432")])
    scene.peer(scene.a, scene.b, {}, {"allowVirtualNetworkAccess": False})
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


def test_j34_j45_ranges_of_a_broken_peering_are_not_in_the_tag() -> None:
    """J34, J45."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_nsg=[]).spokes()
    scene.firewall()
    scene.peer(scene.a, scene.b, {"state": "Disconnected"}, {"state": "Disconnected"})
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert step(found, "server_filter")["verdict"] == "blocked"
    assert "denyallinbound" in decider(found, "server_filter")


def test_j62_prefixes_behind_a_gateway_stay_in_the_tag_without_propagation() -> None:
    """J62."""
    scene = Scene(pg_nsg=[], pg_disable_bgp=True).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", "--client-dns=10.0.2.4")
    assert step(found, "server_filter")["verdict"] == "allowed"
    assert step(found, "return_route")["verdict"] == "blocked"


def test_j63_admin_rules_not_visible_is_an_assumption() -> None:
    """J63."""
    scene = Scene(pg_nsg=[]).peered()
    scene.linked(scene.a)
    scene.denied("microsoft.network/effectivesecurityadminrules")
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "allowed"
    assert "ADMIN_RULES_UNSEEN" in assumptions(found)


def test_j68_rules_on_network_interfaces_are_named_not_used_for_a_subnet() -> None:
    """J68."""
    scene = Scene().peered()
    deny = rule("deny-out", 100, "Deny", "Outbound", ports="5432")
    scene.nic("nic-strict", scene.app, "10.1.2.50", nsg=scene.nsg("nsg-nic", deny))
    scene.linked(scene.a)
    found = ask(scene, "snet-app", "pg1")
    assert found["network"]["verdict"] == "allowed"
    assert any("nic-strict" in one["text"] for one in found["assumptions"])
    assert ask(scene, "nic-strict", "pg1")["network"]["verdict"] == "blocked"


def test_source_port_rules_split_the_answer() -> None:
    some = rule("some-ports", 100, "Deny", "Outbound", ports="5432", src_ports="40000-50000")
    scene = Scene(app_nsg=[some]).peered()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"
    low = rule("low-ports", 100, "Deny", "Outbound", ports="5432", src_ports="1-1023")
    scene = Scene(app_nsg=[low]).peered()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "allowed"


def test_half_allowed_subnet_is_mixed_with_exact_parts() -> None:
    deny = rule("deny-half", 100, "Deny", src="10.1.2.128/25", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.linked(scene.a)
    found = ask(scene, "snet-app", "pg1")
    assert verdicts(found) == ("allowed", "mixed", "mixed")
    parts = {part["verdict"]: part["addresses"] for part in found["parts"]}
    assert parts == {"allowed": ["10.1.2.0/25"], "blocked": ["10.1.2.128/25"]}


def test_firewall_that_denies_blocks() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall(network_rule("other", ["10.1.0.0/16"], ["10.2.0.0/16"], ["443"]))
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "blocked"
    assert step(found, "transit", "blocked")
