"""Zones, records, resolvers and rulesets that answer in unexpected ways."""

from __future__ import annotations

import pytest

from tests.estates.rows import hex_label, rule
from tests.examples.ask import ask, says
from tests.examples.scene import PRIVATE_LINK, RECORD, ZONE, Scene
from tests.examples.test_name_examples import ENDPOINT_ROUTE, EndpointScene

SUFFIX = "postgres.database.azure.com"


def _linked(scene: Scene) -> Scene:
    return scene.peered().linked(scene.a)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("10.2.9.4", "allowed"), ("10.2.9.77", "blocked WRONG_ADDRESS")],
)
def test_wildcard_record_answers_for_names_that_have_none(address: str, expected: str) -> None:
    scene = EndpointScene()
    scene.a_record(scene.z, "*", address)
    scene.link(scene.z, scene.a)
    by = f"dns: {PRIVATE_LINK}/* aRecords[].ipv4Address={address}"
    says(ask(scene, "vm-a", "pg1"), expected, "allowed", by, ENDPOINT_ROUTE)
    scene.a_record(scene.z, "pg1", "10.2.9.4")
    by = f"dns: {PRIVATE_LINK}/pg1 aRecords[].ipv4Address=10.2.9.4"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)


def test_record_that_is_an_alias_of_something_else() -> None:
    scene = EndpointScene()
    scene.cname_record(scene.z, "pg1", "proxy.example.com")
    scene.link(scene.z, scene.a)
    by = f"dns: {PRIVATE_LINK}/link-vnet-a virtualNetworkLinkState=Completed"
    says(ask(scene, "vm-a", "pg1"), "unknown ALIAS_ELSEWHERE", "allowed", by)


@pytest.mark.parametrize("zone", [SUFFIX, "database.azure.com", "azure.com"])
def test_zone_over_the_public_suffix_captures_the_name(zone: str) -> None:
    scene = _linked(Scene())
    scene.link(scene.zone(zone), scene.a)
    by = f"dns: {zone}/link-vnet-a virtualNetwork.id=vnet-a"
    says(ask(scene, "vm-a", "pg1"), "blocked NAME_CAPTURED", "allowed", by)


def test_zone_over_the_public_suffix_with_an_alias_to_the_servers_own() -> None:
    scene = _linked(Scene())
    captured = scene.zone(SUFFIX)
    scene.link(captured, scene.a)
    scene.cname_record(captured, "pg1", f"{hex_label('pg1')}.{ZONE}")
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", RECORD)


def test_two_zones_of_one_name_linked_to_one_network() -> None:
    scene = _linked(Scene())
    scene.link(scene.zone(ZONE, rg="rg-other"), scene.a)
    by = f"dns: {ZONE}/link-vnet-a virtualNetworkLinkState=Completed"
    says(ask(scene, "vm-a", "pg1"), "unknown ZONES_OVERLAP", "allowed", by)


def test_link_that_failed() -> None:
    scene = Scene().peered()
    scene.link(scene.z, scene.a, provisioningState="Failed")
    by = f"dns: {ZONE}/link-vnet-a provisioningState=Failed"
    says(ask(scene, "vm-a", "pg1"), "unknown LINK_NOT_FINISHED", "allowed", by)


def _ruled(*rules: tuple[str, str]) -> Scene:
    scene = _linked(Scene())
    subnet = scene.subnet(scene.hub, "snet-dns-out", "10.0.3.0/28", delegation="dns")
    ruleset = scene.ruleset("frs", scene.outbound(scene.resolver("out", scene.hub), subnet))
    for number, (domain, state) in enumerate(rules):
        name = f"rule-{number}"
        scene.forwarding_rule(ruleset, name, domain, "10.9.9.9", forwardingRuleState=state)
    scene.ruleset_link(ruleset, scene.a)
    return scene


@pytest.mark.parametrize(
    "domain", [f"{SUFFIX}.", SUFFIX, "Postgres.Database.AZURE.com.", f"pg1.{SUFFIX}.", "com."]
)
def test_forwarding_rules_of_any_spelling_take_the_name_away(domain: str) -> None:
    by = "dns: frs/rule-0 targetDnsServers[].ipAddress=10.9.9.9"
    found = ask(_ruled((domain, "Enabled")), "vm-a", "pg1")
    says(found, "unknown DNS_SERVER_PATH_UNKNOWN", "allowed", by)


@pytest.mark.parametrize(
    "rules",
    [
        [(f"{SUFFIX}.", "Disabled")],
        [(f"pg2.{SUFFIX}.", "Enabled")],
        [("sql.azure.com.", "Enabled"), (".", "Enabled")],
    ],
)
def test_forwarding_rules_that_leave_the_name_alone(rules: list[tuple[str, str]]) -> None:
    says(ask(_ruled(*rules), "vm-a", "pg1"), "allowed", "allowed", RECORD)


def test_resolver_reached_by_peering_whose_subnet_lets_no_query_in() -> None:
    scene = Scene(app_dns=["10.0.2.4"]).peered().spokes()
    scene.hub_resolver()
    scene.linked(scene.hub)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", RECORD)
    shut = rule("no-dns", 100, "Deny", protocol="Udp", src="10.1.0.0/16", ports="53")
    inbound = scene.properties(f"{scene.hub}/subnets/snet-dns-in")
    inbound["networkSecurityGroup"] = {"id": scene.nsg("nsg-dns", shut)}
    by = "dns: nsg-dns/no-dns access=Deny"
    says(ask(scene, "vm-a", "pg1"), "blocked DNS_SERVER_UNREACHABLE", "allowed", by)


def test_resolver_in_a_network_that_is_not_peered() -> None:
    scene = Scene(app_dns=["10.0.2.4"]).peered()
    scene.hub_resolver()
    scene.linked(scene.hub)
    by = "dns: vnet-a virtualNetworkPeerings=peer-vnet-a-to-vnet-b"
    says(ask(scene, "vm-a", "pg1"), "blocked DNS_SERVER_UNREACHABLE", "allowed", by)


@pytest.mark.parametrize(
    ("servers", "expected", "by"),
    [
        (["168.63.129.16", "192.168.9.9"], "allowed", RECORD),
        (
            ["192.168.9.9", "168.63.129.16"],
            "unknown DNS_SERVER_PATH_UNKNOWN",
            "dns: vnet-a dhcpOptions.dnsServers=192.168.9.9, 168.63.129.16",
        ),
    ],
)
def test_first_of_mixed_dns_servers_decides(servers: list[str], expected: str, by: str) -> None:
    scene = _linked(Scene(app_dns=servers))
    says(ask(scene, "vm-a", "pg1"), expected, "allowed", by)


def test_interface_that_forces_azure_dns() -> None:
    scene = _linked(Scene(app_dns=["192.168.9.9"]))
    scene.vm("vm-own", scene.nic("nic-own", scene.app, "10.1.2.70", dns=["AzureProvidedDNS"]))
    says(ask(scene, "vm-own", "pg1"), "allowed", "allowed", RECORD)


def test_firewall_that_asks_itself() -> None:
    scene = Scene(app_dns=["10.0.1.4"]).spokes().peered()
    scene.firewall(proxy=True)
    scene.linked(scene.hub)
    policy = next(row for row in scene.rows if row["id"].endswith("/fwp-hub"))
    policy["properties"]["dnsSettings"]["servers"] = ["10.0.1.4"]
    by = "dns: vnet-a dhcpOptions.dnsServers=10.0.1.4"
    says(ask(scene, "vm-a", "pg1"), "blocked DNS_LOOP", "allowed", by)


def test_replica_of_another_region_has_a_zone_and_a_link_of_its_own() -> None:
    scene = _linked(Scene())
    far = scene.vnet("vnet-r", "10.6.0.0/16", location="northeurope")
    subnet = scene.subnet(far, "snet-r", "10.6.1.0/28", delegation="pg")
    zone = scene.zone("r.private.postgres.database.azure.com")
    scene.a_record(zone, hex_label("pg-r"), "10.6.1.4")
    scene.replica("pg-r", scene.pg1, subnet, zone, role="GeoAsyncReplica")
    scene.peer(scene.a, far)
    domain = "r.private.postgres.database.azure.com"
    by = f"dns: {domain} virtualNetworkLinks[].properties.virtualNetwork.id="
    says(ask(scene, "vm-a", "pg-r"), "blocked ZONE_NOT_LINKED", "allowed", by)
    scene.link(zone, scene.a)
    by = f"dns: {domain}/{hex_label('pg-r')} aRecords[].ipv4Address=10.6.1.4"
    says(ask(scene, "vm-a", "pg-r"), "allowed", "allowed", by)
    scene.virtual_endpoint(scene.pg1, "orders", ["pg-r"])
    found = ask(scene, "vm-a", f"orders.reader.{SUFFIX}")
    assert found["server"]["name"] == "pg-r"
    found = ask(scene, "vm-a", f"orders.writer.{SUFFIX}")
    assert found["server"]["name"] == "pg1"
