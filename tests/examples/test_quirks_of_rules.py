"""Oddities of stored rules, names and networks that bear on a verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.estates.rows import hex_label, rule
from tests.estates.world import World
from tests.examples.ask import ask, decider, run, step, verdicts
from tests.examples.scene import Scene


def _network(rules: list[dict[str, Any]]) -> str:
    scene = Scene(pg_nsg=rules).peered()
    scene.linked(scene.a)
    found: str = ask(scene, "vm-a", "pg1")["network"]["verdict"]
    return found


def _findings(world: World, folder: Path) -> set[str]:
    path = folder / "world.json"
    path.write_text(json.dumps(world.snapshot()), encoding="utf-8")
    _, text = run(["check", str(path), "--format=json", "--fixes=none", "--fail-on=never"])
    return {one["check"] for one in json.loads(text)["findings"] if one["outcome"] == "fail"}


def test_quirk_37_fqdn_is_not_inside_the_private_zone() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["server"]["fqdn"] == "pg1.postgres.database.azure.com"
    assert found["dns"]["zone"].lower().endswith("/pg.private.postgres.database.azure.com")
    assert found["dns"]["answers"] == ["10.2.1.5"]


def test_quirk_39_server_name_that_ends_in_postgres(tmp_path: Path) -> None:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/27", delegation="pg")
    zone = world.zone("orderspostgres.private.postgres.database.azure.com")
    world.link(zone, network)
    world.a_record(zone, hex_label("orderspostgres"), "10.1.1.4")
    world.server("orderspostgres", subnet, zone)
    assert not _findings(world, tmp_path) & {"PGT107", "PGT108"}


def test_quirk_45_nsg_that_azure_made_and_nobody_can_read() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    group = f"{scene.b.split('/providers/')[0]}/providers/Microsoft.Network/networkSecurityGroups"
    scene.properties(scene.pg)["networkSecurityGroup"] = {"id": f"{group}/NRMS-abcvnet-b"}
    scene.denied("microsoft.network/networksecuritygroups")
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ("allowed", "unknown", "unknown")
    assert "NRMS-abcvnet-b" in step(found, "server_filter")["decided_by"]["resource"]


def test_quirk_50_overlap_without_peering_is_normal(tmp_path: Path) -> None:
    world = World()
    for number in range(3):
        world.vnet(f"vnet-{number}", "10.0.0.0/16")
    assert "PGT508" not in _findings(world, tmp_path)


def test_quirk_64_number_as_a_prefix_matches_nothing() -> None:
    assert _network([rule("odd", 100, "Deny", src="111", ports="5432")]) == "allowed"
    assert _network([rule("bare", 100, "Deny", src="10.1.2.4", ports="5432")]) == "blocked"


@pytest.mark.parametrize("tag", ["virtualnetwork", "VIRTUALNETWORK", "VirtualNetwork"])
def test_quirk_65_letter_case_of_tags(tag: str) -> None:
    rules = [
        rule("by-tag", 100, "Allow", src=tag, ports="5432"),
        rule("deny", 4096, "Deny", protocol="*"),
    ]
    assert _network(rules) == "allowed"


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ("*", "blocked"),
        ("TCP", "blocked"),
        ("tcp", "blocked"),
        ("UDP", "allowed"),
        ("Icmp", "allowed"),
    ],
)
def test_quirk_66_spellings_of_protocols(protocol: str, expected: str) -> None:
    assert _network([rule("deny", 100, "Deny", protocol=protocol, ports="5432")]) == expected


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ("5432-5432", "blocked"),
        ("0-65535", "blocked"),
        (["22-22", "5000-6000"], "blocked"),
        (["500-1000", "2000"], "allowed"),
        ("500-1000,5432", "blocked"),
    ],
)
def test_quirk_67_spellings_of_ports(ports: str | list[str], expected: str) -> None:
    assert _network([rule("deny", 100, "Deny", ports=ports)]) == expected


def test_quirk_68_priorities_out_of_the_ordinary() -> None:
    first = rule("first", 5, "Allow", ports="5432")
    last = rule("deny-all", 4096, "Deny", protocol="*")
    assert _network([first, last]) == "allowed"
    scene = Scene(pg_nsg=[last]).peered()
    scene.linked(scene.a)
    assert "deny-all" in decider(ask(scene, "vm-a", "pg1"), "server_filter", "blocked")


def test_quirk_69_deny_of_tcp_leaves_udp_alone() -> None:
    tcp = rule("tcp-only", 100, "Deny", protocol="Tcp", dst="VirtualNetwork")
    assert _network([tcp]) == "blocked"
    udp = rule("udp-only", 100, "Deny", protocol="Udp", dst="VirtualNetwork")
    assert _network([udp]) == "allowed"


def test_r23_zone_has_no_region() -> None:
    """R23: a zone is global; a network of another region resolves by its link alone."""
    scene = Scene()
    far = scene.vnet("vnet-far", "10.9.0.0/16", location="northeurope")
    subnet = scene.subnet(far, "snet-far", "10.9.1.0/24")
    scene.vm("vm-far", scene.nic("nic-far", subnet, "10.9.1.4"))
    scene.peer(far, scene.b)
    scene.linked(far)
    assert verdicts(ask(scene, "vm-far", "pg1")) == ("allowed", "allowed", "allowed")


def test_r37_parts_in_several_subscriptions() -> None:
    """R37: network, group, zone and server may each live in a subscription of their own."""
    subs = [f"{n}0000000-0000-4000-8000-00000000000{n}" for n in range(1, 5)]
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16", sub=subs[0])
    nsg = world.nsg("nsg-pg", rule("allow", 100, "Allow", ports="5432"), sub=subs[1])
    pg = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg", nsg=nsg.upper())
    app = world.subnet(network, "snet-app", "10.1.2.0/24")
    world.vm("vm-a", world.nic("nic-a", app, "10.1.2.4"))
    zone = world.zone("pg.private.postgres.database.azure.com", sub=subs[2])
    world.link(zone, network.lower())
    world.a_record(zone, hex_label("pg1"), "10.1.1.4")
    world.server("pg1", pg.upper(), zone.lower(), sub=subs[3])
    assert verdicts(ask(world, "vm-a", "pg1")) == ("allowed", "allowed", "allowed")
