"""Custom DNS servers: whose they are, whether they are reached, what they pass on."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.names.split import name_parts
from pgtopo.analysis.names.table import dns_table
from pgtopo.analysis.path.answer import dns_verdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_server
from pgtopo.analysis.verdict import Verdict
from tests.analysis.dns_questions import codes, dns_machine, name_of
from tests.estates.rows import route, rule
from tests.examples.scene import PRIVATE_LINK, Scene
from tests.examples.test_name_examples import EndpointScene

ALLOWED, BLOCKED, UNKNOWN = Verdict.ALLOWED, Verdict.BLOCKED, Verdict.UNKNOWN


# -- which servers are asked -----------------------------------------------------------------------


def _nic_scene(**nic: Any) -> Scene:
    """The network asks a machine in a network without the link; the interface says otherwise."""
    scene = Scene(app_dns=["10.0.5.4"]).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    scene.linked(scene.a)
    for address, (name, dns) in enumerate(nic.items(), start=20):
        scene.vm(f"vm-{name}", scene.nic(f"nic-{name}", scene.app, f"10.1.2.{address}", dns=dns))
    return scene


def test_c1_interface_wins_over_the_network() -> None:
    scene = _nic_scene(azure=["AzureProvidedDNS"], plain=[], same=["168.63.129.16"])
    assert name_of(scene, "vm-azure").verdict is ALLOWED
    assert name_of(scene, "vm-same").verdict is ALLOWED
    assert name_of(scene, "vm-plain").verdict is BLOCKED


def test_c1_applied_servers_are_what_the_machine_uses() -> None:
    scene = _nic_scene(odd=["AzureProvidedDNS"])
    nic = next(r for r in scene.rows if r["name"] == "nic-odd")
    nic["properties"]["dnsSettings"] = {"dnsServers": [], "appliedDnsServers": ["10.0.5.4"]}
    assert name_of(scene, "vm-odd").verdict is BLOCKED


def test_j68_subnet_never_uses_interface_settings() -> None:
    scene = _nic_scene(azure=["AzureProvidedDNS"])
    assert name_of(scene, "snet-app").verdict is BLOCKED


def test_network_of_the_client_not_read() -> None:
    scene = Scene()
    scene.linked(scene.a)
    nic = scene.nic("nic-far", f"{scene.a}x/subnets/s", "10.77.1.4")
    scene.vm("vm-far", nic)
    assert name_of(scene, "vm-far").code == "NETWORK_NOT_READ"


# -- owners ----------------------------------------------------------------------------------------


def test_g19_machine_in_a_network_without_the_link() -> None:
    scene = Scene(app_dns=["10.0.5.4"]).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    scene.linked(scene.a, scene.b)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "ZONE_NOT_LINKED")
    assert "vnet-hub" in found.text
    assert "10.0.5.4" in found.text
    scene.linked(scene.hub)
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "FORWARDER_UNKNOWN")
    assert "FORWARDER_BEHAVIOUR" in codes(found)
    assert found.answers == ("10.2.1.5",)


@pytest.mark.parametrize(
    ("said", "verdict"), [("allowed", ALLOWED), ("blocked", BLOCKED), ("?", UNKNOWN)]
)
def test_j71_settings_decide_about_forwarders(said: str, verdict: Verdict) -> None:
    scene = Scene(app_dns=["10.0.5.4"]).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    scene.linked(scene.hub)
    found = name_of(scene, FORWARDER_BEHAVIOUR=said)
    assert found.verdict is verdict
    assert "FORWARDER_BEHAVIOUR" not in codes(found)


def test_r24_load_balancer_in_front_of_dns_machines() -> None:
    scene = Scene(app_dns=["10.0.5.9"]).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    scene.load_balancer("lb-dns", f"{scene.hub}/subnets/snet-dns", "10.0.5.9")
    scene.linked(scene.hub)
    assert name_of(scene).code == "FORWARDER_UNKNOWN"


def test_c1_inbound_endpoint_answers_for_the_resolver_network() -> None:
    scene = Scene(app_dns=["10.0.2.4"]).spokes()
    scene.hub_resolver()
    scene.linked(scene.a)
    assert name_of(scene).code == "ZONE_NOT_LINKED"
    scene.linked(scene.hub)
    found = name_of(scene)
    assert (found.verdict, found.answers) == (ALLOWED, ("10.2.1.5",))
    assert [hop.address for hop in found.hops] == ["", "10.0.2.4"]


def test_c1_firewall_proxy_with_servers_passes_on() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes()
    scene.firewall(proxy=True)
    scene.hub_resolver()
    policy = next(r for r in scene.rows if r["name"] == "fwp-hub")
    policy["properties"]["dnsSettings"]["servers"] = ["10.0.2.4"]
    assert name_of(scene).code == "ZONE_NOT_LINKED"
    scene.linked(scene.hub)
    found = name_of(scene)
    assert found.verdict is ALLOWED
    assert any("passes the query on to 10.0.2.4" in hop.text for hop in found.hops)


@pytest.mark.parametrize("proxy", [False, None])
def test_c1_firewall_without_proxy_does_not_answer(proxy: bool | None) -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes()
    scene.firewall(proxy=proxy)
    scene.linked(scene.hub)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "DNS_PROXY_OFF")
    assert found.decided_by is not None
    assert found.decided_by.property == "properties.dnsSettings.enableProxy"


def test_firewall_whose_policy_was_not_read() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes()
    scene.firewall(proxy=True)
    scene.remove(next(r["id"] for r in scene.rows if r["name"] == "fwp-hub"))
    scene.denied("microsoft.network/firewallpolicies")
    assert name_of(scene).verdict is UNKNOWN


def test_firewall_proxy_setting_of_the_parent_policy() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes()
    scene.firewall()
    parent = scene.firewall_policy("fwp-base", dns_proxy=True)
    child = next(r for r in scene.rows if r["name"] == "fwp-hub")
    child["properties"]["basePolicy"] = {"id": parent}
    scene.linked(scene.hub)
    assert name_of(scene).verdict is ALLOWED


def test_firewall_that_asks_itself_is_a_loop() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes()
    scene.firewall(proxy=True)
    policy = next(r for r in scene.rows if r["name"] == "fwp-hub")
    policy["properties"]["dnsSettings"]["servers"] = ["10.0.1.4"]
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "DNS_LOOP")


def test_owner_in_a_peer_is_nearer_than_one_elsewhere() -> None:
    scene = Scene(app_dns=["10.0.5.4"]).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    far = scene.vnet("vnet-far", "10.0.0.0/16")
    scene.nic("nic-far", scene.subnet(far, "snet-far", "10.0.5.0/24"), "10.0.5.4")
    scene.linked(scene.hub)
    assert name_of(scene).code == "FORWARDER_UNKNOWN"


@pytest.mark.parametrize("server", ["192.168.9.9", "8.8.8.8", "dns.example", "fd00::53"])
@pytest.mark.parametrize("name", ["pg1", "pg2", "pg3"])
def test_c7_owner_unknown_is_unknown_for_every_kind_of_server(server: str, name: str) -> None:
    scene = Scene(app_dns=[server]).peered()
    scene.linked(scene.a)
    scene.public_server("pg2")
    endpoint = scene.subnet(scene.b, "snet-pe", "10.2.9.0/24")
    scene.endpoint("pe", endpoint, scene.public_server("pg3"), "10.2.9.4")
    assert name_of(scene, server=name).verdict is UNKNOWN


# -- whether they are reached ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("routes", "rules", "expected"),
    [
        ([], [rule("d", 100, "Deny", "Outbound", "*", dst="192.168.9.9", ports="53")], BLOCKED),
        ([route("drop", "192.168.9.0/24", "None")], [], BLOCKED),
        ([], [], UNKNOWN),
        ([route("out", "192.168.9.0/24", "Internet")], [], BLOCKED),
        ([route("nva", "192.168.9.0/24", "VirtualAppliance", "10.1.7.7")], [], BLOCKED),
    ],
)
def test_j16_j50_path_to_a_server_of_unknown_owner(
    routes: list[Any], rules: list[Any], expected: Verdict
) -> None:
    scene = Scene(app_dns=["192.168.9.9"], app_routes=routes, app_nsg=rules)
    assert name_of(scene).verdict is expected


def test_public_dns_server_behind_a_route_to_the_internet() -> None:
    routes = [route("out", "0.0.0.0/0", "Internet")]
    assert name_of(Scene(app_dns=["8.8.8.8"], app_routes=routes)).code == "DNS_SERVER_UNKNOWN"


def _two(*rules: Any, linked: bool = True) -> Scene:
    """vnet-a asks a machine first and the hub's resolver second."""
    scene = Scene(app_dns=["10.0.5.4", "10.0.2.4"], app_nsg=list(rules) or None).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    scene.hub_resolver()
    return scene.linked(scene.hub) if linked else scene


def test_j15_server_out_of_reach_is_skipped() -> None:
    first = rule("one", 100, "Deny", "Outbound", "Udp", dst="10.0.5.4", ports="53")
    found = name_of(_two(first))
    assert found.verdict is ALLOWED
    assert any("10.0.5.4" in hop.text for hop in found.hops)
    both = rule("both", 100, "Deny", "Outbound", "*", dst="10.0.0.0/16")
    found = name_of(_two(both))
    assert (found.verdict, found.code) == (BLOCKED, "DNS_SERVER_UNREACHABLE")
    assert "10.0.5.4" in found.text
    assert "10.0.2.4" in found.text


def test_part_is_cut_where_only_some_addresses_may_ask() -> None:
    half = rule("half", 100, "Deny", "Outbound", "*", src="10.1.2.0/25", dst="10.0.2.4", ports="53")
    scene = Scene(app_dns=["10.0.2.4"], app_nsg=[half]).spokes()
    scene.hub_resolver()
    scene.linked(scene.hub)
    facts = Facts(scene.topology())
    (part,) = find_client(facts, "snet-app").parts
    server = find_server(facts, "pg1")
    assert resolve(facts, part, server).verdict is UNKNOWN
    found = {
        share.addresses.cidrs()[0]: resolve(facts, share, server).verdict
        for share in name_parts(facts, part)
    }
    assert found == {"10.1.2.0/25": BLOCKED, "10.1.2.128/25": ALLOWED}
    parts = trace(facts, find_client(facts, "snet-app"), server).parts
    assert {part.addresses.cidrs()[0]: dns_verdict(part) for part in parts} == found
    table = dns_table(facts)
    place = [network.name for network in table.networks].index("vnet-a")
    assert table.cell(place, 0).verdict is Verdict.MIXED
    assert table.cell(place, 0).code == "DNS_SERVER_UNREACHABLE"


def test_j56_rule_about_reserved_addresses_cuts_nothing() -> None:
    few = rule("few", 100, "Deny", "Outbound", "*", src="10.1.2.0/30", dst="10.0.2.4", ports="53")
    scene = Scene(app_dns=["10.0.2.4"], app_nsg=[few]).spokes()
    scene.hub_resolver()
    facts = Facts(scene.topology())
    (part,) = find_client(facts, "snet-app").parts
    assert name_parts(facts, part) == (part,)


def test_part_is_left_whole_where_nothing_differs() -> None:
    facts = Facts(_two().topology())
    (part,) = find_client(facts, "snet-app").parts
    assert name_parts(facts, part) == (part,)


def test_c1_first_answer_is_final() -> None:
    scene = _two(linked=False)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "ZONE_NOT_LINKED")


def test_j17_udp_decides() -> None:
    tcp = rule("tcp", 100, "Deny", "Outbound", "Tcp", dst="10.0.5.4", ports="53")
    assert name_of(_two(tcp)).code == "FORWARDER_UNKNOWN"


def test_r11_filter_of_the_inbound_endpoint_counts() -> None:
    scene = Scene(app_dns=["10.0.2.4"]).spokes()
    scene.hub_resolver()
    scene.linked(scene.hub)
    deny = scene.nsg("nsg-in", rule("no", 100, "Deny", "Inbound", "*", src="10.1.0.0/16"))
    scene.properties(f"{scene.hub}/subnets/snet-dns-in")["networkSecurityGroup"] = {"id": deny}
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "DNS_SERVER_UNREACHABLE")
    assert "no" in found.text


def test_dns_server_without_a_peering() -> None:
    scene = Scene(app_dns=["10.0.2.4"])
    scene.hub_resolver()
    scene.linked(scene.hub)
    assert name_of(scene).code == "DNS_SERVER_UNREACHABLE"


def test_j52_path_to_the_first_server_unknown() -> None:
    scene = _two()
    scene.remove(f"{scene.a}/virtualNetworkPeerings/peer-vnet-a-to-vnet-hub")
    scene.remove(f"{scene.hub}/virtualNetworkPeerings/peer-vnet-hub-to-vnet-a")
    scene.denied("microsoft.network/effectiveconnectivityconfigurations")
    scene.denied("microsoft.network/networkgroupmemberships")
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "DNS_SERVER_PATH_UNKNOWN")


def test_j52_silent_firewall_then_the_next() -> None:
    scene = Scene(app_dns=["10.0.1.4", "10.0.2.4"]).spokes()
    scene.firewall(proxy=False)
    scene.hub_resolver()
    scene.linked(scene.hub)
    assert name_of(scene).verdict is ALLOWED


def test_d19_azure_dns_first_then_others() -> None:
    scene = Scene(app_dns=["168.63.129.16", "192.168.9.9"])
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED


# -- endpoints behind a machine --------------------------------------------------------------------


@pytest.mark.parametrize(("access", "verdict"), [("Enabled", UNKNOWN), ("Disabled", BLOCKED)])
def test_j35_machine_without_the_link_for_an_endpoint_server(access: str, verdict: Verdict) -> None:
    scene = EndpointScene(access=access)
    scene.recorded()
    dns_machine(scene, scene.b, "10.2.7.0/24", "10.2.7.4")
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["10.2.7.4"]}
    found = name_of(scene)
    assert found.verdict is verdict
    assert PRIVATE_LINK in found.text
