"""Decided readings of the name rules: resolvers, zones, records, rulesets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import hex_label, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, step, verdicts
from tests.examples.scene import PRIVATE_LINK, ZONE, Scene
from tests.examples.test_name_examples import EndpointScene

PARENT = "private.postgres.database.azure.com"


def _two_dns(*rules: dict[str, Any]) -> Scene:
    """vnet-a asks 10.0.5.4 first and 10.0.2.4 (hub resolver) second."""
    scene = Scene(app_dns=["10.0.5.4", "10.0.2.4"], app_nsg=list(rules)).spokes().peered()
    subnet = scene.subnet(scene.hub, "snet-dns", "10.0.5.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.0.5.4"))
    scene.hub_resolver()
    scene.linked(scene.hub)
    return scene


def test_j15_server_that_cannot_be_reached_is_skipped() -> None:
    """J15."""
    first = rule("no-dns", 100, "Deny", "Outbound", "*", dst="10.0.5.4", ports="53")
    assert ask(_two_dns(first), "vm-a", "pg1")["dns"]["verdict"] == "allowed"
    both = rule("no-dns", 100, "Deny", "Outbound", "*", dst="10.0.0.0/16", ports="53")
    assert ask(_two_dns(both), "vm-a", "pg1")["dns"]["verdict"] == "blocked"


def test_j17_udp_decides_whether_a_server_is_reached() -> None:
    """J17."""
    tcp = rule("no-tcp-dns", 100, "Deny", "Outbound", "Tcp", dst="10.0.5.4", ports="53")
    found = ask(_two_dns(tcp), "vm-a", "pg1")
    assert found["dns"]["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("routes", "rules", "expected"),
    [
        ([], [rule("d", 100, "Deny", "Outbound", "*", dst="192.168.9.9", ports="53")], "blocked"),
        ([route("drop", "192.168.9.0/24", "None")], [], "blocked"),
        ([], [], "unknown"),
        ([route("out", "192.168.9.0/24", "Internet")], [], "blocked"),
        ([route("nva", "192.168.9.0/24", "VirtualAppliance", "10.1.7.7")], [], "blocked"),
    ],
)
def test_j16_j50_dns_server_of_unknown_owner(
    routes: list[Any], rules: list[Any], expected: str
) -> None:
    """J16, J50."""
    scene = Scene(app_dns=["192.168.9.9"], app_routes=routes, app_nsg=rules).peered()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == expected


def _with_ruleset(scene: Scene, domain: str, *targets: str, to: str) -> Scene:
    subnet = scene.subnet(scene.hub, "snet-dns-out", "10.0.3.0/28", delegation="dns")
    resolver = f"{scene.hub.split('/providers/')[0]}/providers/Microsoft.Network/dnsResolvers/out"
    if not scene.has(resolver):
        resolver = scene.resolver("out", scene.hub)
    ruleset = scene.ruleset("frs", scene.outbound(resolver, subnet))
    scene.forwarding_rule(ruleset, "rule", domain, *targets)
    scene.ruleset_link(ruleset, to)
    return scene


def test_j18_target_of_the_alias_is_resolved_anew() -> None:
    """J18."""
    scene = Scene().peered()
    _with_ruleset(scene, f"{ZONE}.", "10.9.9.9", to=scene.a)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "unknown"


def test_j19_rule_that_points_back_at_its_own_resolver() -> None:
    """J19."""
    scene = Scene().spokes()
    address = scene.hub_resolver()
    _with_ruleset(scene, "postgres.database.azure.com.", address, to=scene.hub)
    subnet = scene.subnet(scene.hub, "snet-ops", "10.0.9.0/24")
    scene.vm("vm-ops", scene.nic("nic-ops", subnet, "10.0.9.4"))
    scene.linked(scene.hub)
    assert ask(scene, "vm-ops", "pg1")["dns"]["verdict"] == "blocked"


def test_j51_rule_without_a_target() -> None:
    """J51."""
    scene = Scene().peered()
    scene.linked(scene.a)
    _with_ruleset(scene, "postgres.database.azure.com.", to=scene.a)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "blocked"


def test_j52_path_to_the_first_server_unknown() -> None:
    """J52."""
    scene = _two_dns()
    scene.remove(f"{scene.a}/virtualNetworkPeerings/peer-vnet-a-to-vnet-hub")
    scene.denied("microsoft.network/effectiveconnectivityconfigurations")
    scene.denied("microsoft.network/networkgroupmemberships")
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "unknown"


@pytest.mark.parametrize(("second", "expected"), [(True, "allowed"), (False, "blocked")])
def test_j52_firewall_without_proxy_is_silent(second: bool, expected: str) -> None:
    """J52."""
    servers = ["10.0.1.4", "10.0.2.4"] if second else ["10.0.1.4"]
    scene = Scene(app_dns=servers).spokes().peered()
    scene.firewall(proxy=False)
    scene.hub_resolver()
    scene.linked(scene.hub)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == expected


def test_firewall_with_proxy_answers_for_its_network() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes().peered()
    scene.firewall(proxy=True)
    scene.linked(scene.hub)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "allowed"


def test_j20_fewer_records_than_servers() -> None:
    """J20."""
    scene = Scene().peered()
    scene.server("pg2", scene.pg, scene.z)
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg2")
    assert found["dns"]["verdict"] == "allowed"
    assert found["dns"]["answers"] == ["10.2.1.5"]
    assert any("2" in one["text"] and "1" in one["text"] for one in found["assumptions"])


def test_j21_candidates_that_a_rule_treats_differently() -> None:
    """J21."""
    deny = rule("deny-one", 100, "Deny", dst="10.2.1.6", ports="5432")
    scene = Scene(pg_nsg=[deny]).peered()
    scene.server("pg2", scene.pg, scene.z)
    scene.a_record(scene.z, hex_label("pg2"), "10.2.1.6")
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["answers"] == ["10.2.1.5", "10.2.1.6"]
    assert found["network"]["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("denied", "expected"), [("10.2.1.0/30", "allowed"), ("10.2.1.8/29", "unknown")]
)
def test_j56_reserved_addresses_count_for_nothing(denied: str, expected: str) -> None:
    """J56."""
    scene = Scene(pg_nsg=[rule("deny", 100, "Deny", dst=denied, ports="5432")]).peered()
    scene.remove(scene.record)
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "blocked"
    assert found["network"]["verdict"] == expected


@pytest.mark.parametrize("name", [ZONE, PARENT])
@pytest.mark.parametrize(("address", "expected"), [("10.2.1.7", "unknown"), (None, "blocked")])
def test_j22_j43_other_linked_zone_with_a_record_in_the_subnet(
    name: str, address: str | None, expected: str
) -> None:
    """J22, J43."""
    scene = Scene().peered()
    other = scene.zone(name, rg="rg-other")
    if address:
        scene.a_record(other, "manual", address)
    scene.link(other, scene.a)
    scene.linked(scene.b)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == expected


def test_j23_zone_row_missing() -> None:
    """J23."""
    scene = Scene().peered()
    scene.zone("other.postgres.database.azure.com")
    scene.remove(scene.record)
    scene.remove(scene.z)
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "unknown"


def test_j42_zone_row_missing_and_a_parent_zone_linked() -> None:
    """J42."""
    scene = Scene().peered()
    scene.link(scene.zone(PARENT), scene.a)
    scene.remove(scene.record)
    scene.remove(scene.z)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "blocked"


@pytest.mark.parametrize(
    ("access", "dns", "network"),
    [("Enabled", "allowed", "blocked"), ("Disabled", "blocked", "allowed")],
)
def test_j26_name_of_an_endpoint_server_goes_public(access: str, dns: str, network: str) -> None:
    """J26."""
    scene = EndpointScene(access=access)
    scene.recorded()
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == dns
    assert found["dns"]["code"] == "PUBLIC_ANSWER"
    assert found["network"]["verdict"] == network


@pytest.mark.parametrize("status", ["Pending", "Rejected"])
def test_j27_j37_endpoint_that_is_not_approved(status: str) -> None:
    """J27, J37."""
    scene = EndpointScene(access="Disabled", status=status)
    assert verdicts(ask(scene, "vm-a", "pg1")) == ("allowed", "blocked", "blocked")


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [(["10.2.9.77"], "blocked"), (["10.2.9.4", "10.2.9.77"], "unknown")],
)
def test_j28_j57_record_with_another_address(addresses: list[str], expected: str) -> None:
    """J28, J57."""
    scene = EndpointScene()
    scene.a_record(scene.z, "pg1", *addresses)
    scene.link(scene.z, scene.a)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == expected


def test_j33_zone_that_breaks_the_suffix_rule_still_resolves() -> None:
    """J33."""
    scene = Scene().peered()
    zone = scene.zone("pg.example.com")
    scene.a_record(zone, hex_label("pg1"), "10.2.1.5")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone
    scene.link(zone, scene.a)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "allowed"


def test_j35_dns_machine_in_an_unlinked_network_and_a_public_answer_possible() -> None:
    """J35."""
    scene = EndpointScene()
    scene.recorded()
    subnet = scene.subnet(scene.b, "snet-dns", "10.2.7.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.2.7.4"))
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["10.2.7.4"]}
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "unknown"


def test_j39_network_of_an_endpoint_server_whose_name_is_unknown() -> None:
    """J39."""
    scene = EndpointScene()
    scene.recorded()
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["192.168.9.9"]}
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "unknown"
    assert found["network"]["verdict"] == "allowed"


def test_j59_links_count_although_zone_rows_were_denied() -> None:
    """J59."""
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.remove(scene.z)
    scene.denied("microsoft.network/privatednszones")
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "allowed"


def test_records_not_readable_is_unknown() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.remove(scene.record)
    scene.denied("microsoft.network/privatednszones/a")
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "unknown"
    assert found["network"]["verdict"] == "allowed"


def test_link_in_progress_is_unknown() -> None:
    scene = Scene().peered()
    scene.link(scene.z, scene.a, virtualNetworkLinkState="InProgress")
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "unknown"


def test_j61_injected_server_asked_from_the_internet() -> None:
    """J61."""
    scene = Scene()
    found = ask(scene, "internet", "pg1")
    assert found["dns"]["verdict"] == "blocked"
    assert found["verdict"] == "blocked"


def test_other_scopes_unseen_is_an_assumption() -> None:
    scene = Scene().peered()
    scene.linked(scene.b)
    subscription = f"/subscriptions/{scene.sub}"
    for entry in scene.coverage:
        entry["scope"] = subscription
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "blocked"
    assert "OTHER_SCOPES_UNSEEN" in assumptions(found)


def test_declared_forwarder_settles_a_dns_machine() -> None:
    scene = Scene(app_dns=["10.2.7.4"]).peered()
    subnet = scene.subnet(scene.b, "snet-dns", "10.2.7.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.2.7.4"))
    scene.linked(scene.b)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "unknown"
    fact = '[[dns_server]]\naddress = "10.2.7.4"\nforwards_to = "168.63.129.16"\n'
    assert ask(scene, "vm-a", "pg1", settings=fact)["dns"]["verdict"] == "allowed"


def test_j67_virtual_endpoint_names_lead_to_the_server() -> None:
    """J67."""
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.virtual_endpoint(scene.pg1, "orders", [scene.pg1])
    found = ask(scene, "vm-a", "orders.writer.postgres.database.azure.com")
    assert found["server"]["name"] == "pg1"
    assert found["verdict"] == "allowed"


@pytest.mark.parametrize(
    ("suffix", "cloud"),
    [
        ("postgres.database.usgovcloudapi.net", "usgov"),
        ("postgres.database.chinacloudapi.cn", "china"),
    ],
)
def test_j66_suffix_of_another_cloud(suffix: str, cloud: str) -> None:
    """J66."""
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24")
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    server = world.public_server("pg1", "Disabled", fullyQualifiedDomainName=f"pg1.{suffix}")
    world.endpoint("pe-pg1", world.subnet(network, "snet-pe", "10.1.9.0/24"), server, "10.1.9.4")
    zone = world.zone(f"privatelink.{suffix}")
    world.a_record(zone, "pg1", "10.1.9.4")
    world.link(zone, network)
    found = ask(world, "vm-a", "pg1")
    assert found["server"]["fqdn"] == f"pg1.{suffix}"
    assert verdicts(found) == ("allowed", "allowed", "allowed"), cloud
    assert found["dns"]["answers"] == ["10.1.9.4"]


def test_private_link_zone_of_the_public_cloud() -> None:
    scene = EndpointScene(access="Disabled")
    scene.recorded()
    scene.link(scene.z, scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ("allowed", "allowed", "allowed")
    assert PRIVATE_LINK in str(step(found, "dns")).lower()
