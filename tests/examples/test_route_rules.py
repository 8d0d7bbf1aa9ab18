"""Decided readings of the routing rules: peerings, next hops, the way back, the way out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, says
from tests.examples.scene import (
    BY_DEFAULT_IN,
    DATABASE_TO_SPOKE,
    PEERED_ROUTE,
    SPOKE_TO_DATABASE,
    STEERED,
    TO_FIREWALL,
    Scene,
)
from tests.examples.test_name_examples import ENDPOINT_RECORD, EndpointScene

DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)


def test_j7_broken_peering_leaves_the_other_routes() -> None:
    scene = Scene(app_routes=[DEFAULT], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    scene.peering(scene.a, scene.b, state="Initiated")
    scene.linked(scene.a)
    by = "forward_route: rt-app/default nextHopType=VirtualAppliance"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)


FORWARDED = "allowForwardedTraffic=False"
ALLOW_APP = rule("allow-app", 200, "Allow", src="10.1.0.0/16", ports="5432")


@pytest.mark.parametrize(
    ("pg_nsg", "verdict"), [(None, "unknown"), ([], "blocked"), ([ALLOW_APP], "unknown")]
)
def test_j9_forwarded_traffic_refused(pg_nsg: list[Any] | None, verdict: str) -> None:
    """What is not from the peer's own ranges is blocked, unless a rule admits it explicitly."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE], pg_nsg=pg_nsg)
    scene.spokes(b_flags={"allowForwardedTraffic": False})
    scene.firewall()
    scene.linked(scene.a)
    by = f"peering: vnet-b/peer-vnet-b-to-vnet-hub {FORWARDED}"
    says(ask(scene, "vm-a", "pg1"), "allowed", f"{verdict} FORWARDED_TRAFFIC_REFUSED", by)


@pytest.mark.parametrize("app_nsg", [None, [rule("open", 100, "Allow", protocol="*")]])
def test_j10_answer_refused_by_the_flag_whatever_the_nsg(app_nsg: list[Any] | None) -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE], app_nsg=app_nsg)
    scene.spokes(a_flags={"allowForwardedTraffic": False})
    scene.firewall()
    scene.linked(scene.a)
    by = f"return_route: vnet-a/peer-vnet-a-to-vnet-hub {FORWARDED}"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked FORWARDED_TRAFFIC_REFUSED", by)


@pytest.mark.parametrize(
    ("unread", "expected"),
    [
        (None, "blocked NEXT_HOP_UNOWNED"),
        ("microsoft.network/loadbalancers", "unknown NEXT_HOP_UNSEEN"),
        ("microsoft.network/networkinterfaces", "unknown NEXT_HOP_UNSEEN"),
        ("microsoft.network/azurefirewalls", "unknown NEXT_HOP_UNSEEN"),
    ],
)
def test_j11_next_hop_that_nothing_owns(unread: str | None, expected: str) -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.subnet(scene.hub, "snet-empty", "10.0.1.0/24")
    if unread:
        scene.unread(unread)
    scene.linked(scene.a)
    by = ("transit: rt-app/to-db nextHopIpAddress=10.0.1.4", STEERED)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, *by)


def test_j13_answer_of_an_endpoint_needs_a_route_too() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a)
    reverse = f"{scene.b}/virtualNetworkPeerings/peer-vnet-b-to-vnet-a"
    scene.properties(reverse)["remoteAddressSpace"]["addressPrefixes"] = ["10.77.0.0/16"]
    half = "vnet-b/peer-vnet-b-to-vnet-a remoteAddressSpace.addressPrefixes=10.77.0.0/16"
    by = (f"return_route: {half}", ENDPOINT_RECORD)
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked PEERING_NOT_SYNCED", *by)


@pytest.mark.parametrize(
    ("hop", "expected", "by"),
    [
        (None, "unknown APPLIANCE_WITHOUT_ADDRESS", "forward_route: rt-app/away"),
        ("10.99.0.4", "blocked NEXT_HOP_OUT_OF_REACH", "transit: rt-app/away"),
        ("172.31.0.4", "blocked NEXT_HOP_OUT_OF_REACH", "transit: rt-app/away"),
    ],
)
def test_j54_next_hop_missing_or_out_of_reach(hop: str | None, expected: str, by: str) -> None:
    """Out of reach is blocked, whatever was read."""
    away = route("away", "10.2.0.0/16", "VirtualAppliance", hop)
    scene = Scene(app_routes=[away]).spokes()
    scene.unread("microsoft.network/loadbalancers")
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", expected, f"{by} nextHopIpAddress={hop}")


def test_j49_nsg_that_is_not_applied_to_endpoints_counts_as_none() -> None:
    deny = rule("deny", 100, "Deny", ports="5432")
    reverse = "peering: vnet-b/peer-vnet-b-to-vnet-a allowVirtualNetworkAccess=False"
    for policy, expected in (
        ("Disabled", "unknown PEERING_ACCESS_OFF"),
        ("Enabled", "blocked PEERING_ACCESS_OFF"),
    ):
        scene = EndpointScene(policy=policy, endpoint_rules=[deny])
        scene.recorded()
        scene.link(scene.z, scene.a)
        half = f"{scene.b}/virtualNetworkPeerings/peer-vnet-b-to-vnet-a"
        scene.properties(half)["allowVirtualNetworkAccess"] = False
        says(ask(scene, "vm-a", "pg1"), "allowed", expected, reverse)


LISTS = "peering: vnet-b/peer-vnet-b-to-vnet-a localSubnetNames=snet-mid"


@pytest.mark.parametrize(
    ("b_names", "expected", "by"),
    [
        (["snet-pg"], "allowed", f"{PEERED_ROUTE}10.2.0.0/16"),
        (["snet-mid"], "blocked SUBNET_NOT_PEERED", LISTS),
    ],
)
def test_j58_only_subnets_that_both_halves_list_are_peered(
    b_names: list[str], expected: str, by: str
) -> None:
    scene = Scene()
    part = {"peerCompleteVnets": False}
    scene.peer(
        scene.a,
        scene.b,
        part | {"localSubnetNames": ["snet-app"], "remoteSubnetNames": ["snet-pg", "snet-mid"]},
        part | {"localSubnetNames": b_names, "remoteSubnetNames": ["snet-app"]},
    )
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


# -- out to a public server ------------------------------------------------------------------------

ACCESS = "server_access: pg1"
CUT = "forward_route: vnet-a/snet-app defaultOutboundAccess=False"


def _egress(
    *, default_outbound: bool | None, own: str | None = None, admits: str = "20.5.5.5"
) -> World:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    extra: dict[str, Any] = {"defaultOutboundAccess": default_outbound}
    if default_outbound is None:
        extra = {}
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", **extra)
    public = world.public_ip("pip-vm", own) if own else None
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4", public_ip=public))
    world.firewall_rule(world.public_server("pg1"), "vm", admits, admits)
    return world


def test_j29_only_some_egress_addresses_are_admitted() -> None:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    first, second = world.public_ip("pip-1", "20.1.1.1"), world.public_ip("pip-2", "20.1.1.2")
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nat=world.nat("nat", first, second))
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    server = world.public_server("pg1")
    world.firewall_rule(server, "one", "20.1.1.1", "20.1.1.1")
    by = "server_access: nat publicIpAddresses=20.1.1.1/32, 20.1.1.2/32"
    says(ask(world, "vm-a", "pg1"), "allowed", "unknown EGRESS_PARTLY_ADMITTED", by)
    world.firewall_rule(server, "two", "20.1.1.2", "20.1.1.2")
    by = f"{ACCESS}/one startIpAddress=20.1.1.1"
    says(ask(world, "vm-a", "pg1"), "allowed", "allowed", by)


def test_j30_no_way_out_for_a_subnet() -> None:
    found = ask(_egress(default_outbound=False), "snet-app", "pg1")
    says(found, "allowed", "blocked NO_EGRESS", CUT)
    assert "NIC_PUBLIC_ADDRESS" in assumptions(found)


OTHERS = ["10.1.2.0/30", "10.1.2.5/32", "10.1.2.6/31", "10.1.2.8/29", "10.1.2.16/28"]
OTHERS += ["10.1.2.32/27", "10.1.2.64/26", "10.1.2.128/25"]


def test_j30_j47_one_interface_has_its_own_address() -> None:
    found = ask(_egress(default_outbound=False, own="20.5.5.5"), "snet-app", "pg1")
    parts = {"blocked": OTHERS, "allowed": ["10.1.2.4/32"]}
    says(found, "allowed", "mixed NO_EGRESS", CUT, parts=parts)


@pytest.mark.parametrize("default_outbound", [True, False])
@pytest.mark.parametrize(
    ("admits", "expected", "by"),
    [
        ("20.5.5.5", "allowed", f"{ACCESS}/vm startIpAddress=20.5.5.5"),
        ("20.9.9.9", "blocked FIREWALL_RULE_MISSING", f"{ACCESS} firewallRules=vm"),
    ],
)
def test_j47_interface_is_judged_by_its_own_address(
    default_outbound: bool, admits: str, expected: str, by: str
) -> None:
    world = _egress(default_outbound=default_outbound, own="20.5.5.5", admits=admits)
    says(ask(world, "vm-a", "pg1"), "allowed", expected, by)


def test_j47_parts_that_fare_alike_are_one() -> None:
    world = _egress(default_outbound=False, own="20.5.5.5", admits="20.9.9.9")
    found = ask(world, "snet-app", "pg1")
    says(found, "allowed", "blocked NO_EGRESS", CUT, f"{ACCESS} firewallRules=vm")


def test_default_outbound_address_is_not_known() -> None:
    found = ask(_egress(default_outbound=None), "vm-a", "pg1")
    by = "server_access: vnet-a/snet-app defaultOutboundAccess=None"
    says(found, "allowed", "unknown EGRESS_UNKNOWN", by)
    assert "DEFAULT_OUTBOUND_ADDRESS" in assumptions(found)


# -- all of it -------------------------------------------------------------------------------------


def test_j64_steps_come_in_the_fixed_order() -> None:
    order = [
        "state",
        "dns",
        "client_filter",
        "forward_route",
        "peering",
        "transit",
        "server_filter",
        "return_route",
        "server_access",
    ]
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_nsg=[]).spokes()
    scene.firewall()
    found = ask(scene, "vm-a", "pg1")
    places = [order.index(one["stage"]) for one in found["steps"]]
    assert places == sorted(places)
    assert set(places) == set(range(len(order)))
    says(
        found,
        "blocked ZONE_NOT_LINKED",
        "blocked NSG_DEFAULT_DENY",
        "dns: pg.private.postgres.database.azure.com"
        " virtualNetworkLinks[].properties.virtualNetwork.id=",
        "server_filter: nsg-pg/DenyAllInBound access=Deny",
        "return_route: vnet-b virtualNetworkPeerings=peer-vnet-b-to-vnet-hub",
    )
    scene.properties(scene.pg1)["state"] = "Stopped"
    found = ask(scene, "vm-a", "pg1")
    by = ("state: pg1 state=Stopped", "server_filter: nsg-pg/DenyAllInBound access=Deny")
    says(found, "blocked ZONE_NOT_LINKED", "blocked SERVER_NOT_RUNNING", *by)
    assert BY_DEFAULT_IN not in by
