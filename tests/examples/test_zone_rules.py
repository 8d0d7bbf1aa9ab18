"""Decided readings of zones, links, records and the names of servers."""

from __future__ import annotations

import pytest

from tests.estates.rows import hex_label, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, findings, says, step
from tests.examples.scene import LINKED_TO, PEERED_ROUTE, PRIVATE_LINK, RECORD, ZONE, Scene
from tests.examples.test_name_examples import (
    ENDPOINT_RECORD,
    ENDPOINT_ROUTE,
    LINK,
    EndpointScene,
)

PARENT = "private.postgres.database.azure.com"
ROUTE_TO_B = f"{PEERED_ROUTE}10.2.0.0/16"


def test_j20_fewer_records_than_servers() -> None:
    scene = Scene().peered()
    scene.server("pg2", scene.pg, scene.z)
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg2")
    says(found, "allowed", "allowed", RECORD)
    assert found["dns"]["answers"] == ["10.2.1.5"]
    texts = [one["text"] for one in found["assumptions"] if one["code"] == "SUBNET_ADDRESS_CHOICE"]
    assert texts == ["The zone has 1 records for 2 servers in that subnet."]


def _two_candidates(scene: Scene) -> Scene:
    scene.peered()
    scene.server("pg2", scene.pg, scene.z)
    scene.a_record(scene.z, hex_label("pg2"), "10.2.1.6")
    scene.linked(scene.a)
    return scene


def test_j21_candidates_that_a_rule_treats_differently() -> None:
    deny = rule("deny-one", 100, "Deny", dst="10.2.1.6", ports="5432")
    found = ask(_two_candidates(Scene(pg_nsg=[deny])), "vm-a", "pg1")
    by = "server_filter: nsg-pg/deny-one access=Deny"
    says(found, "allowed", "unknown SUBNET_ADDRESS_CHOICE", by)
    assert found["dns"]["answers"] == ["10.2.1.5", "10.2.1.6"]


def test_j21_candidates_that_a_route_treats_differently() -> None:
    drop = route("drop-one", "10.2.1.6/32", "None")
    found = ask(_two_candidates(Scene(app_routes=[drop])), "vm-a", "pg1")
    by = "forward_route: rt-app/drop-one nextHopType=None"
    says(found, "allowed", "unknown SUBNET_ADDRESS_CHOICE", by)


@pytest.mark.parametrize(
    ("denied", "expected", "by"),
    [
        ("10.2.1.0/30", "allowed", "AllowVnetInBound access=Allow"),
        ("10.2.1.15/32", "allowed", "AllowVnetInBound access=Allow"),
        ("10.2.1.8/29", "unknown SUBNET_ADDRESS_CHOICE", "deny access=Deny"),
    ],
)
def test_j56_reserved_addresses_count_for_nothing(denied: str, expected: str, by: str) -> None:
    """No record exists, so the whole subnet is judged."""
    scene = Scene(pg_nsg=[rule("deny", 100, "Deny", dst=denied, ports="5432")]).peered()
    scene.remove(scene.record)
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    missing = f"dns: {ZONE} A records in the delegated subnet="
    says(found, "blocked RECORD_MISSING", expected, missing, f"server_filter: nsg-pg/{by}")


@pytest.mark.parametrize("name", [ZONE, PARENT])
@pytest.mark.parametrize("address", ["10.2.1.7", None])
def test_j22_j43_other_linked_zone_with_a_record_in_the_subnet(
    name: str, address: str | None
) -> None:
    scene = Scene().peered()
    other = scene.zone(name, rg="rg-other")
    expected, by = "blocked WRONG_ZONE", "link-vnet-a virtualNetwork.id=vnet-a"
    if address:
        scene.a_record(other, "manual", address)
        expected = "unknown OTHER_ZONE_RECORD"
        by = f"manual aRecords[].ipv4Address={address}"
    scene.link(other, scene.a)
    scene.linked(scene.b)
    found = ask(scene, "vm-a", "pg1")
    says(found, expected, "allowed", f"dns: {name}/{by}")
    assert "/rg-other/" in step(found, "dns")["decided_by"]["resource"]


def test_j23_zone_row_missing() -> None:
    scene = Scene().peered()
    scene.zone("other.postgres.database.azure.com")
    scene.remove(scene.record)
    scene.remove(scene.z)
    by = f"dns: pg1 network.privateDnsZoneArmResourceId={ZONE}"
    says(ask(scene, "vm-a", "pg1"), "unknown ZONE_NOT_VISIBLE", "allowed", by)
    assert "PGT102" in findings(scene) | findings(scene, "unknown")


def test_j42_zone_row_missing_and_a_parent_zone_linked() -> None:
    scene = Scene().peered()
    scene.link(scene.zone(PARENT), scene.a)
    scene.remove(scene.record)
    scene.remove(scene.z)
    by = f"dns: {PARENT}/link-vnet-a virtualNetwork.id=vnet-a"
    says(ask(scene, "vm-a", "pg1"), "blocked WRONG_ZONE", "allowed", by)


NOT_LINKED = f"dns: {PRIVATE_LINK} virtualNetworkLinks[].properties.virtualNetwork.id="


@pytest.mark.parametrize(
    ("access", "dns", "network", "by"),
    [
        (
            "Enabled",
            "allowed PUBLIC_ANSWER",
            "blocked FIREWALL_RULE_MISSING",
            ("server_access: pg1 firewallRules=", NOT_LINKED),
        ),
        ("Disabled", "blocked PUBLIC_ANSWER", "allowed", (NOT_LINKED, ENDPOINT_ROUTE)),
    ],
)
def test_j26_name_of_an_endpoint_server_goes_public(
    access: str, dns: str, network: str, by: tuple[str, ...]
) -> None:
    scene = EndpointScene(access=access)
    scene.recorded()
    says(ask(scene, "vm-a", "pg1"), dns, network, *by)


@pytest.mark.parametrize("status", ["Pending", "Rejected"])
def test_j27_j37_endpoint_that_is_not_approved(status: str) -> None:
    scene = EndpointScene(access="Disabled", status=status)
    found = ask(scene, "vm-a", "pg1")
    connection = step(found, "server_access")["decided_by"]["resource"].rsplit("/", 1)[1]
    by = f"server_access: pg1/{connection} privateLinkServiceConnectionState.status={status}"
    access = "dns: pg1 network.publicNetworkAccess=Disabled"
    says(found, "allowed", "blocked PUBLIC_ACCESS_DISABLED", by, access)
    assert connection.startswith("pe-pg1")


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["10.2.9.77"], "blocked WRONG_ADDRESS"),
        (["10.2.9.4", "10.2.9.77"], "unknown ADDRESS_UNCLEAR"),
    ],
)
def test_j28_j57_record_with_another_address(addresses: list[str], expected: str) -> None:
    scene = EndpointScene()
    scene.a_record(scene.z, "pg1", *addresses)
    scene.link(scene.z, scene.a)
    by = f"dns: {PRIVATE_LINK}/pg1 aRecords[].ipv4Address={', '.join(addresses)}"
    says(ask(scene, "vm-a", "pg1"), expected, "allowed", by, ENDPOINT_ROUTE)


def test_j57_endpoint_whose_address_is_not_visible() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a)
    scene.rows = [row for row in scene.rows if "pe-pg1" not in row["id"] or "nic" not in row["id"]]
    body = scene.properties(scene.pe)
    body["customDnsConfigs"] = body["ipConfigurations"] = []
    scene.denied("microsoft.network/networkinterfaces")
    found = ask(scene, "vm-a", "pg1")
    by = (ENDPOINT_RECORD, "forward_route: pe-pg1 networkInterfaces=None")
    says(found, "unknown ADDRESS_UNCLEAR", "unknown ENDPOINT_NOT_READ", *by)


def test_j33_zone_that_breaks_the_suffix_rule_still_resolves() -> None:
    scene = Scene().peered()
    zone = scene.zone("pg.example.com")
    scene.a_record(zone, hex_label("pg1"), "10.2.1.5")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone
    scene.link(zone, scene.a)
    by = f"dns: pg.example.com/{hex_label('pg1')} aRecords[].ipv4Address=10.2.1.5"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)
    assert "PGT107" in findings(scene)


def test_j35_dns_machine_in_an_unlinked_network_and_a_public_answer_possible() -> None:
    scene = EndpointScene()
    scene.recorded()
    subnet = scene.subnet(scene.b, "snet-dns", "10.2.7.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.2.7.4"))
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["10.2.7.4"]}
    by = "dns: nic-dns ipConfigurations[].properties.privateIPAddress=10.2.7.4"
    says(ask(scene, "vm-a", "pg1"), "unknown FORWARDER_UNKNOWN", "allowed", by)


def test_j39_network_of_an_endpoint_server_whose_name_is_unknown_or_fails() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["192.168.9.9"]}
    by = ("dns: vnet-a dhcpOptions.dnsServers=192.168.9.9", ENDPOINT_ROUTE)
    says(ask(scene, "vm-a", "pg1"), "unknown DNS_SERVER_PATH_UNKNOWN", "allowed", *by)
    scene = EndpointScene()
    scene.link(scene.z, scene.a)
    by = (f"{LINK} virtualNetwork.id=vnet-a", ENDPOINT_ROUTE)
    says(ask(scene, "vm-a", "pg1"), "blocked RECORD_MISSING", "allowed", *by)


def test_j59_links_count_although_zone_rows_were_denied() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.remove(scene.z)
    scene.denied("microsoft.network/privatednszones")
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", RECORD)


def test_j59_link_that_is_present_counts_although_links_were_denied() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", RECORD)


def test_records_not_readable_is_unknown() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.remove(scene.record)
    scene.denied("microsoft.network/privatednszones/a")
    by = (f"dns: {ZONE}/link-vnet-a virtualNetworkLinkState=Completed", ROUTE_TO_B)
    says(ask(scene, "vm-a", "pg1"), "unknown RECORDS_NOT_READ", "allowed", *by)


def test_link_in_progress_is_unknown() -> None:
    scene = Scene().peered()
    scene.link(scene.z, scene.a, virtualNetworkLinkState="InProgress")
    by = f"dns: {ZONE}/link-vnet-a virtualNetworkLinkState=InProgress"
    says(ask(scene, "vm-a", "pg1"), "unknown LINK_NOT_FINISHED", "allowed", by)


def test_j61_injected_server_asked_from_the_internet() -> None:
    found = ask(Scene(), "internet:203.0.113.7", "pg1")
    by = (
        f"dns: pg1 network.privateDnsZoneArmResourceId={ZONE}",
        "forward_route: vnet-b/snet-pg addressPrefix=10.2.1.0/28",
    )
    says(found, "blocked CNAME_TARGET_NOT_PUBLIC", "blocked NO_PUBLIC_ENDPOINT", *by)


def test_other_scopes_unseen_is_an_assumption() -> None:
    scene = Scene().peered()
    scene.linked(scene.b)
    subscription = f"/subscriptions/{scene.sub}"
    for entry in scene.coverage:
        entry["scope"] = subscription
    found = ask(scene, "vm-a", "pg1")
    says(found, "blocked ZONE_NOT_LINKED", "allowed", f"{LINKED_TO}vnet-b")
    assert "OTHER_SCOPES_UNSEEN" in assumptions(found)


@pytest.mark.parametrize("role", ["writer", "reader"])
def test_j67_virtual_endpoint_names_lead_to_the_server(role: str) -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    scene.virtual_endpoint(scene.pg1, "orders", [scene.pg1])
    found = ask(scene, "vm-a", f"orders.{role}.postgres.database.azure.com")
    says(found, "allowed", "allowed", RECORD)
    assert found["server"]["name"] == "pg1"


@pytest.mark.parametrize(
    ("suffix", "cloud"),
    [
        ("postgres.database.azure.com", "public"),
        ("postgres.database.usgovcloudapi.net", "usgov"),
        ("postgres.database.chinacloudapi.cn", "china"),
    ],
)
@pytest.mark.parametrize("is_stated", [True, False])
def test_j66_suffix_of_each_cloud(suffix: str, cloud: str, is_stated: bool) -> None:
    """By the snapshot's scope where it states the cloud, else by the servers' names."""
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24")
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    server = world.public_server("pg1", "Disabled", fullyQualifiedDomainName=f"pg1.{suffix}")
    if is_stated:
        world.scope["cloud"] = cloud
        del world.properties(server)["fullyQualifiedDomainName"]
    world.endpoint("pe-pg1", world.subnet(network, "snet-pe", "10.1.9.0/24"), server, "10.1.9.4")
    zone = world.zone(f"privatelink.{suffix}")
    world.a_record(zone, "pg1", "10.1.9.4")
    world.link(zone, network)
    found = ask(world, "vm-a", "pg1")
    by = f"dns: privatelink.{suffix}/pg1 aRecords[].ipv4Address=10.1.9.4"
    says(found, "allowed", "allowed", by)
    assert found["server"]["fqdn"] == f"pg1.{suffix}"


def test_private_link_zone_of_the_public_cloud() -> None:
    scene = EndpointScene(access="Disabled")
    scene.recorded()
    scene.link(scene.z, scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", ENDPOINT_RECORD, ENDPOINT_ROUTE)
