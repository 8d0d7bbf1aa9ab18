"""Decided readings about network appliances: what they may cure, and what nobody cures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, says, step
from tests.examples.scene import (
    DATABASE_TO_SPOKE,
    SPOKE_TO_DATABASE,
    STEERED,
    TO_FIREWALL,
    Scene,
)

NVA = "transit: nic-nva ipConfigurations[].properties.privateIPAddress=10.0.1.4"
NO_WAY_BACK = "return_route: vnet-b virtualNetworkPeerings=peer-vnet-b-to-vnet-hub"
FACT = '[[appliance]]\naddress = "10.0.1.4"\nsnat = {snat}\nallows = ["10.0.0.0/8"]\n'


def test_j14_generic_appliance_names_what_would_block_without_translation() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    scene.appliance()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", "unknown APPLIANCE_UNSEEN", NVA, NO_WAY_BACK, STEERED)
    texts = [one["text"] for one in found["assumptions"] if one["code"] == "APPLIANCE_SNAT"]
    assert texts == [step(found, "return_route")["text"]]
    assert texts[0].startswith("Without SNAT: blocked. Subnet vnet-b/snet-pg has no route")


@pytest.mark.parametrize(
    ("snat", "expected", "by"),
    [("true", "allowed", NVA), ("false", "blocked NO_ROUTE", NO_WAY_BACK)],
)
def test_j14_settings_state_what_the_appliance_does(snat: str, expected: str, by: str) -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    scene.appliance()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1", settings=FACT.format(snat=snat))
    says(found, "allowed", expected, by)
    assert "as the settings file states" in step(found, "transit")["text"]


def test_j40_no_way_from_the_appliance_to_the_server() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE])
    scene.appliance()
    forwarded = {"allowForwardedTraffic": True}
    scene.peer(scene.a, scene.hub, forwarded, forwarded)
    scene.linked(scene.a)
    by = "transit: vnet-hub virtualNetworkPeerings=peer-vnet-hub-to-vnet-a"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NO_ROUTE", by, NVA)


def _behind(
    pg_nsg: list[dict[str, Any]] | None = None,
    pg_routes: list[dict[str, Any]] | None = None,
    **b_flags: bool,
) -> Scene:
    routes = [DATABASE_TO_SPOKE] if pg_routes is None else pg_routes
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=routes, pg_nsg=pg_nsg)
    scene.spokes(b_flags=b_flags)
    scene.appliance()
    scene.linked(scene.a)
    return scene


def test_j40_server_side_deny_of_every_source_blocks() -> None:
    scene = _behind(pg_nsg=[rule("deny", 100, "Deny", ports="5432")])
    by = ("server_filter: nsg-pg/deny access=Deny", NVA)
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NSG_DENY", *by)


def test_j40_server_that_admits_nobody_blocks() -> None:
    world = World()
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    table = world.route_table("rt", route("out", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL))
    subnet = world.subnet(hub, "snet-app", "10.0.2.0/24", route_table=table)
    world.vm("vm-a", world.nic("nic-a", subnet, "10.0.2.4"))
    box = world.subnet(hub, "snet-nva", "10.0.1.0/26")
    world.vm("vm-nva", world.nic("nic-nva", box, TO_FIREWALL, forwarding=True))
    server = world.public_server("pg1")
    by = ("server_access: pg1 firewallRules=", NVA)
    says(ask(world, "vm-a", "pg1"), "allowed", "blocked FIREWALL_RULE_MISSING", *by)
    world.firewall_rule(server, "some", "20.1.1.1", "20.1.1.1")
    says(ask(world, "vm-a", "pg1"), "allowed", "unknown APPLIANCE_UNSEEN", NVA)


@pytest.mark.parametrize(
    ("scene", "by", "code"),
    [
        pytest.param(
            {"pg_nsg": [rule("deny", 100, "Deny", src="10.1.0.0/16", ports="5432")]},
            "server_filter: nsg-pg/deny access=Deny",
            "NSG_DENY",
            id="rule against the client's address",
        ),
        pytest.param(
            {"allowForwardedTraffic": False},
            "peering: vnet-b/peer-vnet-b-to-vnet-hub allowForwardedTraffic=False",
            "FORWARDED_TRAFFIC_REFUSED",
            id="forwarded traffic refused",
        ),
        pytest.param({"pg_routes": []}, NO_WAY_BACK, "NO_ROUTE", id="no way back"),
    ],
)
def test_j40_what_translation_could_cure_is_open(scene: dict[str, Any], by: str, code: str) -> None:
    found = ask(_behind(**scene), "vm-a", "pg1")
    stage = by.partition(":")[0]
    heading = by if stage == "peering" else NVA
    expected = f"unknown {code}" if stage == "peering" else "unknown APPLIANCE_UNSEEN"
    says(found, "allowed", expected, heading, by, NVA)
    assert step(found, stage, "unknown")["code"] == code
    assert "APPLIANCE_SNAT" in assumptions(found)


def test_j40_answers_past_the_appliance_are_open() -> None:
    scene = _behind(pg_routes=[]).peered(allowForwardedTraffic=True)
    found = ask(scene, "vm-a", "pg1")
    half = "vnet-b/peer-vnet-b-to-vnet-a remoteAddressSpace.addressPrefixes=10.1.0.0/16"
    says(found, "allowed", "unknown APPLIANCE_UNSEEN", NVA, f"return_route: {half}")
    assert "ONE_WAY_STEERING" in assumptions(found)


def test_j41_nsg_in_front_of_an_appliance() -> None:
    scene = _behind()
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    subnet = f"{scene.hub}/subnets/snet-nva"
    scene.properties(subnet)["networkSecurityGroup"] = {"id": scene.nsg("nsg-nva", deny)}
    by = ("transit: nsg-nva/deny-pg access=Deny", NVA)
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NSG_DENY", *by)
