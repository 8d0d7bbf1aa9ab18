"""Networks, peerings, next hops and machines as nobody would draw them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import Row, route, rule
from tests.examples.ask import ask, findings, says, step
from tests.examples.scene import (
    DATABASE_TO_SPOKE,
    PEERED_ROUTE,
    SPOKE_TO_DATABASE,
    STEERED,
    TO_FIREWALL,
    Scene,
)

SNAT = '[[appliance]]\naddress = "10.0.1.4"\nsnat = true\nallows = ["10.0.0.0/8"]\n'
NO_SNAT = SNAT.replace("true", "false")


REMOTE = "remoteAddressSpace.addressPrefixes"


@pytest.mark.parametrize("rival", ["vnet-c", "vnet-0"])
@pytest.mark.parametrize("claimed", ["10.2.0.0/16", "10.0.0.0/8", "10.2.1.0/24"])
def test_two_peerings_that_claim_one_range(claimed: str, rival: str) -> None:
    """Which was peered first makes no difference, nor which claims more."""
    scene = Scene()
    scene.peer(scene.a, scene.vnet(rival, claimed))
    scene.peered()
    scene.linked(scene.a)
    is_named = claimed == "10.2.1.0/24" or (claimed == "10.2.0.0/16" and rival == "vnet-0")
    by = f"{PEERED_ROUTE}10.2.0.0/16"
    if is_named:
        by = f"forward_route: vnet-a/peer-vnet-a-to-{rival} {REMOTE}={claimed}"
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", "unknown PEERINGS_OVERLAP", by)
    text = step(found, "forward_route")["text"]
    assert "peer-vnet-a-to-vnet-b" in text
    assert f"peer-vnet-a-to-{rival}" in text


def test_rival_of_another_range_leaves_a_peering_alone() -> None:
    scene = Scene().peered()
    other = scene.vnet("vnet-c", "10.2.128.0/17")
    scene.peer(scene.a, other)
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", f"{PEERED_ROUTE}10.2.0.0/16")
    broken = Scene().peered()
    rival = broken.vnet("vnet-c", "10.2.0.0/16")
    broken.peer(broken.a, rival, {"state": "Disconnected"}, {"state": "Disconnected"})
    broken.linked(broken.a)
    says(ask(broken, "vm-a", "pg1"), "allowed", "allowed", f"{PEERED_ROUTE}10.2.0.0/16")


def test_user_route_settles_what_two_peerings_claim() -> None:
    drop = route("drop", "10.2.0.0/16", "None")
    scene = Scene(app_routes=[drop]).peered()
    scene.peer(scene.a, scene.vnet("vnet-c", "10.2.0.0/16"))
    scene.linked(scene.a)
    by = "forward_route: rt-app/drop nextHopType=None"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked ROUTE_NONE", by)


def test_next_hop_in_a_range_that_two_peerings_claim() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    scene.peer(scene.a, scene.vnet("vnet-c", "10.0.0.0/16"))
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    by = ("transit: rt-app/to-db nextHopIpAddress=10.0.1.4", STEERED)
    says(found, "allowed", "unknown NEXT_HOP_UNSEEN", *by)
    assert "peer-vnet-a-to-vnet-c" in step(found, "transit")["text"]


COVERING = route("hub", "10.0.0.0/16", "VirtualAppliance", TO_FIREWALL)


def test_route_over_the_subnet_of_a_translating_firewall() -> None:
    """Answers to one of its machines come in by the address in front of all of them."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[COVERING]).spokes()
    scene.firewall(snat=["255.255.255.255/32"])
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    by = ("return_route: rt-pg/hub nextHopType=VirtualAppliance", STEERED)
    says(found, "allowed", "unknown ANSWERS_TO_FIREWALL", *by)
    assert "Azure Firewall fw-hub" in step(found, "return_route")["text"]


def test_route_over_the_address_of_a_translating_machine() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[COVERING]).spokes()
    scene.appliance()
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1", settings=SNAT), "allowed", "allowed", STEERED)


def _spread(*addresses: str) -> Row:
    found = route("to-db", "10.2.0.0/16", "VirtualApplianceEcmp", None)
    found["properties"]["nextHop"] = {"nextHopIpAddresses": list(addresses)}
    return found


@pytest.mark.parametrize("client", ["vm-a", "snet-app"])
def test_packets_spread_over_a_machine_that_forwards_and_one_that_does_not(client: str) -> None:
    scene = Scene(app_routes=[_spread(TO_FIREWALL, "10.0.1.5")], pg_routes=[DATABASE_TO_SPOKE])
    scene.spokes().appliance()
    second = scene.nic("nic-deaf", f"{scene.hub}/subnets/snet-nva", "10.0.1.5", forwarding=False)
    scene.vm("vm-deaf", second)
    scene.linked(scene.a)
    by = "transit: nic-deaf enableIPForwarding=False"
    says(ask(scene, client, "pg1"), "allowed", "unknown SUBNET_ADDRESS_CHOICE", by)


def test_packets_spread_over_machines_that_are_all_deaf() -> None:
    scene = Scene(app_routes=[_spread(TO_FIREWALL, "10.0.1.5")], pg_routes=[DATABASE_TO_SPOKE])
    scene.spokes().appliance(forwarding=False)
    second = scene.nic("nic-deaf", f"{scene.hub}/subnets/snet-nva", "10.0.1.5", forwarding=False)
    scene.vm("vm-deaf", second)
    scene.linked(scene.a)
    by = "transit: nic-nva enableIPForwarding=False"
    says(ask(scene, "snet-app", "pg1"), "allowed", "blocked APPLIANCE_NOT_FORWARDING", by)


def _two_legged(inner_routes: list[Row], outer_routes: list[Row]) -> Scene:
    """An appliance with one leg at 10.0.1.4 and one at 10.0.6.4, each subnet with its routes."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    outer = scene.subnet(
        scene.hub, "snet-outer", "10.0.1.0/26", route_table=scene.table("rt-outer", outer_routes)
    )
    inner = scene.subnet(
        scene.hub, "snet-inner", "10.0.6.0/26", route_table=scene.table("rt-inner", inner_routes)
    )
    legs = [
        scene.nic("nic-outer", outer, TO_FIREWALL, forwarding=True),
        scene.nic("nic-inner", inner, "10.0.6.4", forwarding=True),
    ]
    scene.vm("vm-nva", *legs)
    scene.linked(scene.a)
    return scene


DROP = route("drop", "10.2.0.0/16", "None")


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ([], [], "allowed"),
        ([], [DROP], "unknown SUBNET_ADDRESS_CHOICE"),
        ([DROP], [], "unknown SUBNET_ADDRESS_CHOICE"),
        ([DROP], [DROP], "blocked ROUTE_NONE"),
    ],
)
def test_machine_with_two_legs_may_send_by_either(
    inner: list[Row], outer: list[Row], expected: str
) -> None:
    found = ask(_two_legged(inner, outer), "vm-a", "pg1", settings=NO_SNAT)
    if expected == "allowed":
        says(found, "allowed", expected, STEERED)
    else:
        table = "rt-inner" if inner and not outer else "rt-outer"
        if inner and outer:
            table = "rt-inner"
        says(found, "allowed", expected, f"transit: {table}/drop nextHopType=None")


def test_answers_that_come_back_by_the_other_leg() -> None:
    scene = _two_legged([], [])
    scene.properties(scene.pg)["routeTable"] = {
        "id": scene.route_table(
            "rt-back", route("to-app", "10.1.0.0/16", "VirtualAppliance", "10.0.6.4")
        )
    }
    says(ask(scene, "vm-a", "pg1", settings=NO_SNAT), "allowed", "allowed", STEERED)


def test_peerings_that_cannot_be_read_leave_the_tag_open() -> None:
    scene = Scene(pg_nsg=[], app_nsg=[]).peered()
    scene.linked(scene.a, scene.b)
    scene.properties(scene.a)["virtualNetworkPeerings"] = "oops"
    found = ask(scene, "vm-a", "pg1")
    by = (
        "client_filter: nsg-app/DenyAllOutBound access=Deny",
        "forward_route: vnet-a virtualNetworkPeerings=None",
    )
    says(found, "allowed", "unknown PEERING_STATE_UNSEEN", *by)
    assert not findings(scene) & {"PGT301", "PGT312", "PGT411", "PGT417", "PGT121"}


def test_dns_server_behind_peerings_that_cannot_be_read() -> None:
    """No finding says that the group of the client keeps it from its DNS server."""
    scene = Scene(app_nsg=[], app_dns=["10.0.2.4"]).peered()
    scene.spokes().hub_resolver()
    scene.linked(scene.hub)
    scene.properties(scene.a)["virtualNetworkPeerings"] = [{"name": 7}]
    found: dict[str, Any] = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "unknown"
    assert not findings(scene) & {"PGT121", "PGT312"}


def test_names_are_shown_as_azure_spells_them() -> None:
    scene = Scene(
        app_nsg=[rule("Deny-Out", 100, "Deny", "Outbound", ports="5432")],
        app_routes=[SPOKE_TO_DATABASE],
    )
    shouting = scene.vnet("VNet-Shouting", "10.8.0.0/16")
    subnet = scene.subnet(
        shouting, "Snet-Loud", "10.8.1.0/24", nsg=scene.nsg("NSG-Loud", rule("No", 100, "Deny"))
    )
    scene.vm("VM-Loud", scene.nic("Nic-Loud", subnet, "10.8.1.4"))
    found = ask(scene, "vm-loud", "pg1")
    texts = " ".join(one["text"] for one in found["steps"])
    assert "VNet-Shouting/Snet-Loud has no route to" in texts
    assert "vnet-shouting" not in texts
    assert "nsg-loud" not in texts
