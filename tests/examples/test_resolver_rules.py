"""Decided readings of who answers for a name: DNS servers, firewalls, resolvers, rulesets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import network_rule, route, rule
from tests.examples.ask import ask, assumptions, says
from tests.examples.scene import RECORD, TO_FIREWALL, ZONE, Scene

SUFFIX = "postgres.database.azure.com."
MACHINE = "dns: nic-dns ipConfigurations[].properties.privateIPAddress="
CONFIGURED = "dns: vnet-a dhcpOptions.dnsServers="


def _two_dns(*rules: dict[str, Any]) -> Scene:
    """vnet-a asks 10.0.5.4 first and 10.0.2.4 (hub resolver) second."""
    scene = Scene(app_dns=["10.0.5.4", "10.0.2.4"], app_nsg=list(rules)).spokes().peered()
    subnet = scene.subnet(scene.hub, "snet-dns", "10.0.5.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.0.5.4"))
    scene.hub_resolver()
    scene.linked(scene.hub)
    return scene


@pytest.mark.parametrize(
    ("denied", "expected", "by"),
    [
        ("10.0.5.4", "allowed", RECORD),
        ("10.0.0.0/16", "blocked DNS_SERVER_UNREACHABLE", "dns: nsg-app/no-dns access=Deny"),
    ],
)
def test_j15_server_that_cannot_be_reached_is_skipped(denied: str, expected: str, by: str) -> None:
    no_dns = rule("no-dns", 100, "Deny", "Outbound", "*", dst=denied, ports="53")
    says(ask(_two_dns(no_dns), "vm-a", "pg1"), expected, "allowed", by)


@pytest.mark.parametrize(
    ("protocol", "expected", "by"),
    [
        ("Tcp", "unknown FORWARDER_UNKNOWN", f"{MACHINE}10.0.5.4"),
        ("Udp", "allowed", RECORD),
    ],
)
def test_j17_udp_decides_whether_a_server_is_reached(protocol: str, expected: str, by: str) -> None:
    """Without UDP the first server is silent and the second one answers."""
    no_dns = rule("no-dns", 100, "Deny", "Outbound", protocol, dst="10.0.5.4", ports="53")
    says(ask(_two_dns(no_dns), "vm-a", "pg1"), expected, "allowed", by)


NO_DNS = rule("d", 100, "Deny", "Outbound", "*", dst="192.168.9.9", ports="53")
CUT_OFF = "blocked DNS_SERVER_UNREACHABLE"
OPEN = "unknown DNS_SERVER_PATH_UNKNOWN"


@pytest.mark.parametrize(
    ("routes", "rules", "expected", "by"),
    [
        ([], [NO_DNS], CUT_OFF, "dns: nsg-app/d access=Deny"),
        (
            [route("drop", "192.168.9.0/24", "None")],
            [],
            CUT_OFF,
            "dns: rt-app/drop nextHopType=None",
        ),
        ([], [], OPEN, f"{CONFIGURED}192.168.9.9"),
        ([], None, OPEN, f"{CONFIGURED}192.168.9.9"),
        (
            [route("out", "192.168.9.0/24", "Internet")],
            [],
            CUT_OFF,
            "dns: rt-app/out nextHopType=Internet",
        ),
        (
            [route("nva", "192.168.9.0/24", "VirtualAppliance", "10.1.7.7")],
            [],
            CUT_OFF,
            "dns: rt-app/nva nextHopIpAddress=10.1.7.7",
        ),
    ],
)
def test_j16_j50_dns_server_of_unknown_owner(
    routes: list[Any], rules: list[Any] | None, expected: str, by: str
) -> None:
    scene = Scene(app_dns=["192.168.9.9"], app_routes=routes, app_nsg=rules).peered()
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), expected, "allowed", by)


def test_j16_source_ports_leave_an_unknown_server_open() -> None:
    """The client picks its port at random: a rule for some of them is no full refusal."""
    some = rule("d", 100, "Deny", "Outbound", "*", dst="192.168.9.9", src_ports="40000-50000")
    scene = Scene(app_dns=["192.168.9.9"], app_nsg=[some]).peered()
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), OPEN, "allowed", f"{CONFIGURED}192.168.9.9")


def test_j50_firewall_in_front_of_an_unknown_server_denies_dns() -> None:
    to_firewall = route("to-dns", "192.168.9.0/24", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(app_dns=["192.168.9.9"], app_routes=[to_firewall]).spokes().peered()
    scene.firewall(network_rule("web", ["10.0.0.0/8"], ["192.168.0.0/16"], ["443"]))
    scene.linked(scene.a)
    by = "dns: fwp-hub ruleCollectionGroups=None"
    says(ask(scene, "vm-a", "pg1"), CUT_OFF, "allowed", by)


def _with_ruleset(scene: Scene, domain: str, *targets: str, to: str) -> str:
    """A ruleset with one rule, linked to a network; its queries leave from the hub."""
    subnet = scene.subnet(scene.hub, "snet-dns-out", "10.0.3.0/28", delegation="dns")
    resolver = f"{scene.hub.split('/providers/')[0]}/providers/Microsoft.Network/dnsResolvers/out"
    if not scene.has(resolver):
        resolver = scene.resolver("out", scene.hub)
    ruleset = scene.ruleset("frs", scene.outbound(resolver, subnet))
    scene.forwarding_rule(ruleset, "rule", domain, *targets)
    scene.ruleset_link(ruleset, to)
    return ruleset


BY_RULE = "dns: frs/rule targetDnsServers[].ipAddress="


def test_j18_target_of_the_alias_is_resolved_anew() -> None:
    """A zone that is linked comes before a rule, for the alias as for the name itself."""
    scene = Scene().peered()
    _with_ruleset(scene, f"{ZONE}.", "10.9.9.9", to=scene.a)
    says(ask(scene, "vm-a", "pg1"), OPEN, "allowed", f"{BY_RULE}10.9.9.9")
    scene.linked(scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", RECORD)


def _pointing_back(*, on_hub: bool) -> Scene:
    """A rule that sends the name to the hub's inbound endpoint, for the app network's queries."""
    scene = Scene().spokes().peered()
    ruleset = _with_ruleset(scene, SUFFIX, scene.hub_resolver(), to=scene.a)
    if on_hub:
        scene.ruleset_link(ruleset, scene.hub)
    subnet = scene.subnet(scene.hub, "snet-ops", "10.0.9.0/24")
    scene.vm("vm-ops", scene.nic("nic-ops", subnet, "10.0.9.4"))
    scene.linked(scene.hub)
    return scene


def test_j19_rule_that_points_back_at_its_own_resolver() -> None:
    found = ask(_pointing_back(on_hub=True), "vm-ops", "pg1")
    says(found, "blocked RULE_LOOP", "allowed", f"{BY_RULE}10.0.2.4")


def test_j60_another_network_is_sent_to_the_endpoint_as_usual() -> None:
    """Only where the endpoint's own network meets the rule again does its query go round."""
    says(ask(_pointing_back(on_hub=False), "vm-a", "pg1"), "allowed", "allowed", RECORD)
    found = ask(_pointing_back(on_hub=True), "vm-a", "pg1")
    says(found, "blocked RULE_LOOP", "allowed", f"{BY_RULE}10.0.2.4")


def test_j51_rule_without_a_target() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    _with_ruleset(scene, SUFFIX, to=scene.a)
    says(ask(scene, "vm-a", "pg1"), "blocked RULE_WITHOUT_TARGET", "allowed", BY_RULE)


def test_j52_path_to_the_first_server_unknown() -> None:
    """Also where every server would answer alike."""
    scene = _two_dns()
    scene.remove(f"{scene.a}/virtualNetworkPeerings/peer-vnet-a-to-vnet-hub")
    scene.denied("microsoft.network/effectiveconnectivityconfigurations")
    scene.denied("microsoft.network/networkgroupmemberships")
    by = "dns: nsg-app/DenyAllOutBound access=Deny"
    found = ask(scene, "vm-a", "pg1")
    says(found, OPEN, "allowed", by)
    assert "CONNECTIVITY_UNSEEN" in assumptions(found)


@pytest.mark.parametrize(
    ("second", "expected", "by"),
    [
        (True, "allowed", RECORD),
        (False, "blocked DNS_PROXY_OFF", "dns: fwp-hub dnsSettings.enableProxy=False"),
    ],
)
def test_j52_firewall_without_proxy_is_silent(second: bool, expected: str, by: str) -> None:
    servers = ["10.0.1.4", "10.0.2.4"] if second else ["10.0.1.4"]
    scene = Scene(app_dns=servers).spokes().peered()
    scene.firewall(proxy=False)
    scene.hub_resolver()
    scene.linked(scene.hub)
    says(ask(scene, "vm-a", "pg1"), expected, "allowed", by)


def test_firewall_with_proxy_answers_for_its_network() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes().peered()
    scene.firewall(proxy=True)
    scene.linked(scene.hub)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", RECORD)


def test_declared_forwarder_settles_a_dns_machine() -> None:
    scene = Scene(app_dns=["10.2.7.4"]).peered()
    subnet = scene.subnet(scene.b, "snet-dns", "10.2.7.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.2.7.4"))
    scene.linked(scene.b)
    by = f"{MACHINE}10.2.7.4"
    says(ask(scene, "vm-a", "pg1"), "unknown FORWARDER_UNKNOWN", "allowed", by)
    fact = '[[dns_server]]\naddress = "10.2.7.4"\nforwards_to = "168.63.129.16"\n'
    says(ask(scene, "vm-a", "pg1", settings=fact), "allowed", "allowed", RECORD)
