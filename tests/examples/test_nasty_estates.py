"""Filters, gateways, hubs and firewalls as they are found, not as they were planned."""

from __future__ import annotations

import pytest

from tests.estates.rows import admin_rule, network_rule, route, rule
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
from tests.examples.test_name_examples import ENDPOINT_ROUTE, EndpointScene

SITE = ("onprem:192.168.10.0/24", "pg1", "--client-dns=10.0.2.4")
ROUTE_TO_B = f"{PEERED_ROUTE}10.2.0.0/16"
DENY_OUT = rule("deny-out", 100, "Deny", "Outbound", ports="5432")


def _linked(scene: Scene) -> Scene:
    return scene.peered().linked(scene.a)


# -- machines and filters --------------------------------------------------------------------------


def test_machine_with_two_interfaces_is_two_parts() -> None:
    scene = _linked(Scene())
    second = scene.subnet(scene.a, "snet-two", "10.1.3.0/24", nsg=scene.nsg("nsg-two", DENY_OUT))
    legs = (scene.nic("nic-1", scene.app, "10.1.2.20"), scene.nic("nic-2", second, "10.1.3.20"))
    scene.vm("vm-two", *legs)
    parts = {"allowed": ["10.1.2.20/32"], "blocked": ["10.1.3.20/32"]}
    by = "client_filter: nsg-two/deny-out access=Deny"
    says(ask(scene, "vm-two", "pg1"), "allowed", "mixed NSG_DENY", by, parts=parts)


@pytest.mark.parametrize(
    ("nic_rule", "subnet_rule", "by"),
    [
        ("Allow", "Deny", "client_filter: nsg-app/subnet-rule access=Deny"),
        ("Deny", "Allow", "client_filter: nsg-nic/nic-rule access=Deny"),
    ],
)
def test_two_groups_on_one_way_must_both_allow(nic_rule: str, subnet_rule: str, by: str) -> None:
    scene = _linked(Scene(app_nsg=[rule("subnet-rule", 100, subnet_rule, "Outbound")]))
    own = scene.nsg("nsg-nic", rule("nic-rule", 100, nic_rule, "Outbound"))
    scene.vm("vm-own", scene.nic("nic-own", scene.app, "10.1.2.9", nsg=own))
    says(ask(scene, "vm-own", "pg1"), "allowed", "blocked NSG_DENY", by)


@pytest.mark.parametrize(
    ("source", "expected", "by"),
    [
        ("::/0", "allowed", BY_DEFAULT_IN),
        ("fd00::/8", "allowed", BY_DEFAULT_IN),
        ("0.0.0.0/0", "blocked NSG_DENY", "server_filter: nsg-pg/deny access=Deny"),
        ("*", "blocked NSG_DENY", "server_filter: nsg-pg/deny access=Deny"),
    ],
)
def test_rules_of_ipv6_leave_ipv4_alone(source: str, expected: str, by: str) -> None:
    scene = _linked(Scene(pg_nsg=[rule("deny", 100, "Deny", src=source, ports="5432")]))
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


def test_group_of_another_network_does_not_match_as_source() -> None:
    scene = EndpointScene(policy="Enabled", endpoint_rules=[])
    scene.recorded()
    scene.link(scene.z, scene.a)
    group = scene.asg("asg-app")
    rules = [
        rule("by-group", 100, "Allow", src_asgs=[group], ports="5432"),
        rule("deny", 200, "Deny", ports="5432"),
    ]
    scene.properties(scene.pe_subnet)["networkSecurityGroup"] = {"id": scene.nsg("nsg", *rules)}
    member = scene.nic("nic-member", scene.app, "10.1.2.9", asgs=[group])
    scene.vm("vm-member", member)
    by = ("server_filter: nsg/deny access=Deny", ENDPOINT_ROUTE)
    says(ask(scene, "vm-member", "pg1"), "allowed", "blocked NSG_DENY", *by)


@pytest.mark.parametrize(
    ("access", "expected", "by"),
    [
        ("AlwaysAllow", "allowed", "client_filter: avnm/baseline/vnet-a/out access=AlwaysAllow"),
        ("Allow", "blocked NSG_DENY", "client_filter: nsg-app/deny-out access=Deny"),
    ],
)
def test_admin_rules_at_the_client(access: str, expected: str, by: str) -> None:
    scene = _linked(Scene(app_nsg=[DENY_OUT]))
    scene.admin_rules(scene.a, admin_rule("out", 10, access, direction="Outbound", ports=["5432"]))
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


GROUP = (
    "/subscriptions/5b6a8f0e-2c4d-4a71-9e3b-7f1d0c2a9e10/resourceGroups/rg-test/providers"
    "/Microsoft.Network/networkManagers/avnm/networkGroups/apps"
)
BY_GROUP = "server_filter: avnm/baseline/vnet-b/by-group access=Deny"


@pytest.mark.parametrize(
    ("member", "is_read", "expected", "by"),
    [
        ("vnet-a", True, "blocked ADMIN_DENY", BY_GROUP),
        ("vnet-a", False, "blocked ADMIN_DENY", BY_GROUP),
        ("vnet-hub", True, "allowed", BY_DEFAULT_IN),
        (None, True, "allowed", BY_DEFAULT_IN),
        (None, False, "unknown RULES_UNSEEN", BY_GROUP),
    ],
)
def test_admin_rule_for_a_network_group(
    member: str | None, is_read: bool, expected: str, by: str
) -> None:
    """The group stands for the ranges of its members."""
    scene = _linked(Scene(pg_nsg=[]))
    scene.admin_rules(scene.b, admin_rule("by-group", 10, "Deny", src=[GROUP], ports=["5432"]))
    if member:
        networks = {"vnet-a": scene.a, "vnet-hub": scene.hub}
        scene.group_membership(networks[member], [GROUP.upper()])
    if not is_read:
        scene.denied("microsoft.network/networkgroupmemberships")
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


def test_admin_configuration_that_came_without_its_rules() -> None:
    scene = _linked(Scene(pg_nsg=[]))
    row = scene.admin_rules(scene.b)
    del scene.properties(row)["effectiveSecurityAdminConfigurations"][0]["rules"]
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", "allowed", BY_DEFAULT_IN)
    assert "ADMIN_RULES_UNSEEN" in assumptions(found)


# -- routes and gateways ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "expected", "by"),
    [
        ("10.2.1.0/28", "blocked ROUTE_NONE", "forward_route: rt-app/drop nextHopType=None"),
        ("10.2.1.5/32", "blocked ROUTE_NONE", "forward_route: rt-app/drop nextHopType=None"),
        ("10.2.0.0/16", "blocked ROUTE_NONE", "forward_route: rt-app/drop nextHopType=None"),
        ("10.0.0.0/8", "allowed", ROUTE_TO_B),
        ("0.0.0.0/0", "allowed", ROUTE_TO_B),
    ],
)
def test_route_to_none_against_a_peering(prefix: str, expected: str, by: str) -> None:
    scene = _linked(Scene(app_routes=[route("drop", prefix, "None")]))
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


def test_user_route_for_the_very_address_of_an_endpoint() -> None:
    """Equal prefixes: the user's route wins, whatever the policy of the endpoint's subnet."""
    drop = route("drop", "10.2.9.4/32", "None")
    scene = EndpointScene(app_routes=[drop])
    scene.recorded()
    scene.link(scene.z, scene.a)
    by = "forward_route: rt-app/drop nextHopType=None"
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked ROUTE_NONE", by)


def test_endpoint_two_peerings_away() -> None:
    scene = EndpointScene()
    scene.recorded()
    far = scene.vnet("vnet-c", "10.7.0.0/16")
    scene.vm("vm-c", scene.nic("nic-c", scene.subnet(far, "snet-c", "10.7.1.0/24"), "10.7.1.4"))
    scene.peer(far, scene.a)
    scene.link(scene.z, far)
    by = "forward_route: vnet-c virtualNetworkPeerings=peer-vnet-c-to-vnet-a"
    says(ask(scene, "vm-c", "pg1"), "allowed", "blocked NO_ROUTE", by)


def _branch(**b_flags: bool) -> Scene:
    scene = Scene(pg_nsg=[]).branch(**b_flags)
    scene.hub_resolver()
    scene.linked(scene.hub)
    return scene


def test_gateway_transit_over_a_global_peering() -> None:
    scene = _branch()
    scene.row(scene.b)["location"] = "northeurope"
    by = "return_route: lng-site localNetworkAddressSpace=192.168.0.0/16"
    says(ask(scene, *SITE), "allowed", "allowed", by)


def test_gateway_that_the_peer_does_not_use() -> None:
    off = "vnet-b/peer-vnet-b-to-vnet-hub useRemoteGateways=False"
    by = (f"peering: {off}", f"return_route: {off}")
    found = ask(_branch(useRemoteGateways=False), *SITE)
    says(found, "allowed", "blocked GATEWAY_TRANSIT_OFF", *by)


def test_gateway_that_is_not_lent_to_the_peer() -> None:
    scene = _branch()
    half = f"{scene.hub}/virtualNetworkPeerings/peer-vnet-hub-to-vnet-b"
    scene.properties(half)["allowGatewayTransit"] = False
    off = "vnet-hub/peer-vnet-hub-to-vnet-b allowGatewayTransit=False"
    by = (f"peering: {off}", f"return_route: {off}")
    says(ask(scene, *SITE), "allowed", "blocked GATEWAY_TRANSIT_OFF", *by)


def test_security_group_on_the_subnet_of_the_gateway() -> None:
    scene = _branch()
    gateway = scene.properties(f"{scene.hub}/subnets/GatewaySubnet")
    gateway["networkSecurityGroup"] = {"id": scene.nsg("nsg-gw")}
    seen = "vnet-hub/GatewaySubnet networkSecurityGroup.id=nsg-gw"
    by = (f"dns: {seen}", f"client_filter: {seen}")
    says(ask(scene, *SITE), "unknown DNS_SERVER_PATH_UNKNOWN", "unknown GATEWAY_NSG", *by)


def test_learned_range_inside_a_peers_range_loses_to_the_peering() -> None:
    scene = _linked(Scene(pg_nsg=[]))
    gateway = scene.gateway("vgw", scene.subnet(scene.a, "GatewaySubnet", "10.1.255.0/27"))
    scene.connection("con", gateway, scene.local_gateway("lng", "10.2.1.0/24"))
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", ROUTE_TO_B)


@pytest.mark.parametrize(
    ("overrides", "expected", "by"),
    [
        (False, "allowed", "return_route: lng-site localNetworkAddressSpace=192.168.10.0/24"),
        (True, "blocked ROUTE_NONE", "return_route: rt-pg/site nextHopType=None"),
    ],
)
def test_route_that_overrides_longer_learned_ones(overrides: bool, expected: str, by: str) -> None:
    site = route("site", "192.168.0.0/16", "None")
    site["properties"]["hasBgpOverride"] = overrides
    scene = Scene(pg_nsg=[], pg_routes=[site]).branch()
    local = next(row for row in scene.rows if row["type"].endswith("/localnetworkgateways"))
    ranges = ["192.168.0.0/16", "192.168.10.0/24"]
    local["properties"]["localNetworkAddressSpace"]["addressPrefixes"] = ranges
    scene.hub_resolver()
    scene.linked(scene.hub)
    says(ask(scene, *SITE), "allowed", expected, by)


def _joined_by_a_hub(*, has_intent: bool) -> Scene:
    scene = Scene(pg_nsg=[])
    hub = scene.virtual_hub("vhub", scene.virtual_wan("wan"), "10.100.0.0/23")
    scene.hub_connection(hub, scene.a)
    scene.hub_connection(hub, scene.b)
    if has_intent:
        scene.routing_intent(hub, "intent")
    return scene.linked(scene.a)


def test_networks_on_one_virtual_hub() -> None:
    """The other network is in the VirtualNetwork tag, as everything behind a gateway is."""
    by = (BY_DEFAULT_IN, "forward_route: vhub/conn-vnet-a routingConfiguration=None")
    says(ask(_joined_by_a_hub(has_intent=False), "vm-a", "pg1"), "allowed", "allowed", *by)


def test_networks_on_a_virtual_hub_with_routing_intent() -> None:
    found = ask(_joined_by_a_hub(has_intent=True), "vm-a", "pg1")
    by = "forward_route: vhub/conn-vnet-a routingConfiguration=None"
    says(found, "allowed", "unknown BGP_ROUTES_UNSEEN", by)


# -- appliances and firewalls ----------------------------------------------------------------------


def test_steering_within_one_network_on_one_side_only() -> None:
    scene = Scene().spokes()
    scene.firewall(network_rule("pg", ["10.2.0.0/16"], ["10.2.0.0/16"]))
    scene.linked(scene.b)
    inner = route("inner", "10.2.0.0/16", "VirtualAppliance", TO_FIREWALL)
    scene.properties(scene.mid)["routeTable"] = {"id": scene.route_table("rt-mid", inner)}
    by = (
        "return_route: vnet-b addressSpace.addressPrefixes=10.2.0.0/16",
        "forward_route: rt-mid/inner nextHopType=VirtualAppliance",
    )
    says(ask(scene, "vm-b", "pg1"), "allowed", "blocked ASYMMETRIC_PATH", *by)


@pytest.mark.parametrize(
    ("action", "expected", "by"),
    [
        ("Deny", "blocked FIREWALL_DENY", "fwp-base/rcg-base ruleCollections/base=deny"),
        ("Allow", "allowed", "fwp-base/rcg-base ruleCollections/base=allow"),
    ],
)
def test_parent_policy_of_a_firewall_comes_first(action: str, expected: str, by: str) -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    base = scene.firewall_policy("fwp-base")
    says_first = network_rule("base", ["10.1.0.0/16"], ["*"]) | {"action": action}
    scene.rule_collections(base, "rcg-base", says_first, priority=900)
    policy = next(row for row in scene.rows if row["id"].endswith("/fwp-hub"))
    policy["properties"]["basePolicy"] = {"id": base}
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, f"transit: {by}")


@pytest.mark.parametrize(
    ("forwards", "expected", "by"),
    [
        ((False, False), "blocked APPLIANCE_NOT_FORWARDING", "nic-1 enableIPForwarding=False"),
        (
            (True, False),
            "unknown APPLIANCE_UNSEEN",
            "lb frontendIPConfigurations[].properties.privateIPAddress=10.0.1.4",
        ),
    ],
)
def test_machines_behind_a_load_balancer(
    forwards: tuple[bool, bool], expected: str, by: str
) -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    subnet = scene.subnet(scene.hub, "snet-nva", "10.0.1.0/26")
    nics = [
        scene.nic(f"nic-{n}", subnet, f"10.0.1.{n + 7}", forwarding=forwards[n - 1]) for n in (1, 2)
    ]
    for number, nic in enumerate(nics, 1):
        scene.vm(f"vm-{number}", nic)
    scene.load_balancer("lb", subnet, TO_FIREWALL, nics)
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, f"transit: {by}", STEERED)


def test_public_server_behind_appliances_that_share_the_packets() -> None:
    """Which of them sends a packet on, and under which address, is open; who admits nobody, not."""
    world = World()
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    out = route("out", "0.0.0.0/0", "VirtualApplianceEcmp", None)
    out["properties"]["nextHop"] = {"nextHopIpAddresses": ["10.0.1.4", "10.0.1.5"]}
    subnet = world.subnet(hub, "snet-app", "10.0.2.0/24", route_table=world.route_table("rt", out))
    world.vm("vm-a", world.nic("nic-a", subnet, "10.0.2.4"))
    box = world.subnet(hub, "snet-nva", "10.0.1.0/26")
    for number in (4, 5):
        nic = world.nic(f"nic-{number}", box, f"10.0.1.{number}", forwarding=True)
        world.vm(f"vm-{number}", nic)
    server = world.public_server("pg1")
    found = ask(world, "vm-a", "pg1")
    by = ("server_access: pg1 firewallRules=", "transit: rt/out nextHopType=VirtualApplianceEcmp")
    says(found, "allowed", "blocked FIREWALL_RULE_MISSING", *by)
    world.firewall_rule(server, "some", "20.1.1.1", "20.1.1.1")
    by_machine = "nic-4 ipConfigurations[].properties.privateIPAddress=10.0.1.4"
    found = ask(world, "vm-a", "pg1")
    says(found, "allowed", "unknown APPLIANCE_UNSEEN", f"transit: {by_machine}")
