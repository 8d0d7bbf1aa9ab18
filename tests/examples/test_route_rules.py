"""Decided readings of the routing rules: peerings, next hops, appliances, answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import route, rule
from tests.estates.world import World
from tests.examples.ask import ask, step, verdicts
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, TO_FIREWALL, Scene
from tests.examples.test_name_examples import EndpointScene

DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)


def test_j7_broken_peering_leaves_the_other_routes() -> None:
    """J7."""
    scene = Scene(app_routes=[DEFAULT], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    scene.peering(scene.a, scene.b, state="Initiated")
    scene.linked(scene.a)
    assert verdicts(ask(scene, "vm-a", "pg1")) == ("allowed", "allowed", "allowed")


def test_j9_forwarded_traffic_refused_without_an_nsg() -> None:
    """J9."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE])
    scene.spokes(b_flags={"allowForwardedTraffic": False})
    scene.firewall()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


@pytest.mark.parametrize("app_nsg", [None, [rule("open", 100, "Allow", protocol="*")]])
def test_j10_answer_refused_by_the_flag_whatever_the_nsg(app_nsg: list[Any] | None) -> None:
    """J10."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE], app_nsg=app_nsg)
    scene.spokes(a_flags={"allowForwardedTraffic": False})
    scene.firewall()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "blocked"
    assert step(found, "return_route")["verdict"] == "blocked"
    assert "allowforwardedtraffic" in str(step(found, "return_route")).lower()


@pytest.mark.parametrize(
    ("unread", "expected"), [(None, "blocked"), ("microsoft.network/loadbalancers", "unknown")]
)
def test_j11_next_hop_that_nothing_owns(unread: str | None, expected: str) -> None:
    """J11."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.subnet(scene.hub, "snet-empty", "10.0.1.0/24")
    if unread:
        scene.unread(unread)
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


def test_j13_answer_of_an_endpoint_needs_a_route_too() -> None:
    """J13."""
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a)
    reverse = f"{scene.b}/virtualNetworkPeerings/peer-vnet-b-to-vnet-a"
    scene.properties(reverse)["remoteAddressSpace"]["addressPrefixes"] = ["10.77.0.0/16"]
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "blocked"
    assert step(found, "return_route")["verdict"] == "blocked"


def test_j14_generic_appliance_names_what_would_block_without_translation() -> None:
    """J14."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    scene.appliance()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "unknown"
    assert any("without snat" in one["text"].lower() for one in found["assumptions"])


def test_j14_settings_state_what_the_appliance_does() -> None:
    """J14."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    scene.appliance()
    scene.linked(scene.a)
    fact = '[[appliance]]\naddress = "10.0.1.4"\nsnat = {snat}\nallows = ["10.0.0.0/8"]\n'
    found = ask(scene, "vm-a", "pg1", settings=fact.format(snat="true"))
    assert found["network"]["verdict"] == "allowed"
    found = ask(scene, "vm-a", "pg1", settings=fact.format(snat="false"))
    assert found["network"]["verdict"] == "blocked"


def test_j40_no_way_from_the_appliance_to_the_server() -> None:
    """J40."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE])
    scene.appliance()
    forwarded = {"allowForwardedTraffic": True}
    scene.peer(scene.a, scene.hub, forwarded, forwarded)
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "blocked"


@pytest.mark.parametrize(("source", "expected"), [("*", "blocked"), ("10.1.0.0/16", "unknown")])
def test_j40_server_side_deny_behind_an_appliance(source: str, expected: str) -> None:
    """J40."""
    deny = rule("deny", 100, "Deny", src=source, ports="5432")
    scene = Scene(
        app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE], pg_nsg=[deny]
    ).spokes()
    scene.appliance()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


def test_j41_nsg_in_front_of_an_appliance() -> None:
    """J41."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.appliance()
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    subnet = f"{scene.hub}/subnets/snet-nva"
    scene.properties(subnet)["networkSecurityGroup"] = {"id": scene.nsg("nsg-nva", deny)}
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "blocked"
    assert "deny-pg" in str(step(found, "transit", "blocked")).lower()


@pytest.mark.parametrize(
    ("hop", "expected"), [(None, "unknown"), ("10.99.0.4", "blocked"), ("172.31.0.4", "blocked")]
)
def test_j54_next_hop_missing_or_out_of_reach(hop: str | None, expected: str) -> None:
    """J54."""
    away = route("away", "10.2.0.0/16", "VirtualAppliance", hop)
    scene = Scene(app_routes=[away]).spokes()
    scene.unread("microsoft.network/loadbalancers")
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


def test_j49_nsg_that_is_not_applied_to_endpoints_counts_as_none() -> None:
    """J49."""
    deny = rule("deny", 100, "Deny", ports="5432")
    scene = EndpointScene(endpoint_rules=[deny])
    scene.recorded()
    scene.link(scene.z, scene.a)
    reverse = f"{scene.b}/virtualNetworkPeerings/peer-vnet-b-to-vnet-a"
    scene.properties(reverse)["allowVirtualNetworkAccess"] = False
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("b_names", "expected"), [(["snet-pg"], "allowed"), (["snet-mid"], "blocked")]
)
def test_j58_only_subnets_that_both_halves_list_are_peered(
    b_names: list[str], expected: str
) -> None:
    """J58."""
    scene = Scene()
    part = {"peerCompleteVnets": False}
    scene.peer(
        scene.a,
        scene.b,
        part | {"localSubnetNames": ["snet-app"], "remoteSubnetNames": ["snet-pg", "snet-mid"]},
        part | {"localSubnetNames": b_names, "remoteSubnetNames": ["snet-app"]},
    )
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


def _egress(*, default_outbound: bool | None, own_address: bool = False) -> World:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    extra: dict[str, Any] = {"defaultOutboundAccess": default_outbound}
    if default_outbound is None:
        extra = {}
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", **extra)
    public = world.public_ip("pip-vm", "20.5.5.5") if own_address else None
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4", public_ip=public))
    world.firewall_rule(world.public_server("pg1"), "vm", "20.5.5.5", "20.5.5.5")
    return world


def test_j29_only_some_egress_addresses_are_admitted() -> None:
    """J29."""
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    first, second = world.public_ip("pip-1", "20.1.1.1"), world.public_ip("pip-2", "20.1.1.2")
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nat=world.nat("nat", first, second))
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    world.firewall_rule(world.public_server("pg1"), "one", "20.1.1.1", "20.1.1.1")
    assert verdicts(ask(world, "vm-a", "pg1")) == ("allowed", "unknown", "unknown")


def test_j30_no_way_out_for_a_subnet() -> None:
    """J30."""
    found = ask(_egress(default_outbound=False), "snet-app", "pg1")
    assert found["network"]["verdict"] == "blocked"


def test_j30_j47_one_interface_has_its_own_address() -> None:
    """J30, J47."""
    found = ask(_egress(default_outbound=False, own_address=True), "snet-app", "pg1")
    assert found["network"]["verdict"] == "mixed"
    parts = {part["verdict"]: part["addresses"] for part in found["parts"]}
    assert parts["allowed"] == ["10.1.2.4/32"]


def test_default_outbound_address_is_not_known() -> None:
    found = ask(_egress(default_outbound=None), "vm-a", "pg1")
    assert found["network"]["verdict"] == "unknown"


def test_j64_steps_come_in_the_fixed_order() -> None:
    """J64."""
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
    assert found["dns"]["verdict"] == "blocked"
    assert found["network"]["verdict"] == "blocked"
    blocked = [one["stage"] for one in found["steps"] if one["verdict"] == "blocked"]
    assert "dns" in blocked
    assert "return_route" in blocked
