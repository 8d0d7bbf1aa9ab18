"""Decided readings about clients: who a text stands for, and how a set of addresses is judged."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from tests.estates.rows import rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions, run, says
from tests.examples.scene import BY_DEFAULT_IN, LINKED_TO, PEERED_ROUTE, RECORD, Scene

ASKING = "--client-dns=10.0.2.4"
ROUTE_TO_B = f"{PEERED_ROUTE}10.2.0.0/16"


def _with_ipv6(scene: Scene) -> Scene:
    scene.properties(scene.a)["addressSpace"]["addressPrefixes"].append("fd00:1::/48")
    scene.subnet(scene.a, "snet-six", "fd00:1:0:1::/64")
    scene.subnet(
        scene.a, "snet-dual", "10.1.6.0/24", addressPrefixes=["10.1.6.0/24", "fd00:1:0:6::/64"]
    )
    return scene.peered()


SIX = "forward_route: vnet-a/snet-six addressPrefixes=fd00:1:0:1::/64"


def test_j31_ipv6_is_not_judged_and_a_note_says_so() -> None:
    scene = _with_ipv6(Scene())
    scene.linked(scene.a)
    found = ask(scene, "snet-six", "pg1")
    says(found, "allowed", "unknown IPV6_ONLY", SIX, RECORD)
    assert "IPV6_NOT_JUDGED" in assumptions(found)
    found = ask(scene, "snet-dual", "pg1")
    says(found, "allowed", "allowed", ROUTE_TO_B)
    assert "IPV6_NOT_JUDGED" in assumptions(found)
    found = ask(scene, "snet-app", "pg1")
    says(found, "allowed", "allowed", ROUTE_TO_B)
    assert "IPV6_NOT_JUDGED" not in assumptions(found)


def test_j44_name_of_an_ipv6_only_subnet_is_judged_as_for_any() -> None:
    """A part that is blocked wins over what is not judged."""
    scene = _with_ipv6(Scene())
    scene.linked(scene.b)
    by = (f"{LINKED_TO}vnet-b", SIX)
    says(ask(scene, "snet-six", "pg1"), "blocked ZONE_NOT_LINKED", "unknown IPV6_ONLY", *by)
    scene.linked(scene.a)
    scene.properties(scene.pg1)["state"] = "Stopped"
    found = ask(scene, "snet-six", "pg1")
    says(found, "allowed", "blocked SERVER_NOT_RUNNING", "state: pg1 state=Stopped", SIX)


def test_j68_settings_of_interfaces_are_named_not_used_for_a_subnet(tmp_path: Path) -> None:
    """In trace and matrix alike."""
    scene = Scene().peered()
    deny = rule("deny-out", 100, "Deny", "Outbound", ports="5432")
    scene.nic("nic-strict", scene.app, "10.1.2.50", nsg=scene.nsg("nsg-nic", deny))
    scene.nic("nic-dns", scene.app, "10.1.2.51", dns=["192.168.9.9"])
    scene.linked(scene.a)
    for client in ("snet-app", "vnet-a"):
        found = ask(scene, client, "pg1")
        says(found, "allowed", "allowed", RECORD, ROUTE_TO_B)
        (text,) = [o["text"] for o in found["assumptions"] if o["code"] == "NIC_LEVEL_SETTINGS"]
        assert "nic-strict" in text
        assert "nic-dns" in text
    by = "client_filter: nsg-nic/deny-out access=Deny"
    says(ask(scene, "nic-strict", "pg1"), "allowed", "blocked NSG_DENY", by)
    by = "dns: nic-dns dnsSettings.appliedDnsServers=192.168.9.9"
    says(ask(scene, "nic-dns", "pg1"), "unknown DNS_SERVER_PATH_UNKNOWN", "allowed", by)
    path = tmp_path / "world.json"
    path.write_text(json.dumps(scene.snapshot()), encoding="utf-8")
    _, text = run(["matrix", str(path), "--format=json"])
    document = json.loads(text)
    index = next(i for i, c in enumerate(document["clients"]) if c["id"] == scene.app)
    assert {c["verdict"] for c in document["cells"] if c["client"] == index} == {"allowed"}


def test_j69_address_in_two_networks_is_ambiguous(tmp_path: Path) -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    twin = scene.vnet("vnet-twin", "10.1.0.0/16")
    scene.subnet(twin, "snet-twin", "10.1.2.0/24")
    path = tmp_path / "world.json"
    path.write_text(json.dumps(scene.snapshot()), encoding="utf-8")
    complaint = io.StringIO()
    with contextlib.redirect_stderr(complaint):
        code, text = run(["trace", str(path), "--from=10.1.2.99", "--to=pg1", "--format=json"])
    assert (code, text) == (2, "")
    assert "vnet-twin" in complaint.getvalue()
    assert "vnet-a" in complaint.getvalue()
    says(ask(scene, "10.1.2.99@vnet-a", "pg1"), "allowed", "allowed", ROUTE_TO_B)
    by = (f"{LINKED_TO}vnet-a", "forward_route: vnet-twin virtualNetworkPeerings=")
    found = ask(scene, "10.1.2.99@vnet-twin", "pg1")
    says(found, "blocked ZONE_NOT_LINKED", "blocked NO_ROUTE", *by)


def test_j69_range_over_several_subnets_is_split_by_owner() -> None:
    scene = Scene().peered()
    deny = rule("deny-web", 100, "Deny", "Outbound", ports="5432")
    scene.subnet(scene.a, "snet-web", "10.1.3.0/24", nsg=scene.nsg("nsg-web", deny))
    scene.linked(scene.a)
    found = ask(scene, "10.1.2.0/23", "pg1")
    by = "client_filter: nsg-web/deny-web access=Deny"
    parts = {"allowed": ["10.1.2.0/24"], "blocked": ["10.1.3.0/24"]}
    says(found, "allowed", "mixed NSG_DENY", by, parts=parts)
    assert found["client"]["kind"] == "ip"


def test_j69_network_as_client_leaves_out_service_subnets() -> None:
    scene = Scene().peered()
    scene.linked(scene.b, scene.hub)
    says(ask(scene, "vnet-b", "pg1"), "allowed", "allowed", RECORD)
    assert ask(scene, "vnet-b", "pg1")["client"]["addresses"] == ["10.2.5.0/24"]
    names = ("GatewaySubnet", "AzureFirewallSubnet", "AzureBastionSubnet", "RouteServerSubnet")
    for number, name in enumerate((*names, "AzureFirewallManagementSubnet", "snet-ops")):
        scene.subnet(scene.hub, name, f"10.0.{number}.0/26")
    scene.peer(scene.hub, scene.b)
    found = ask(scene, "vnet-hub", "pg1")
    says(found, "allowed", "allowed", RECORD)
    assert found["client"]["addresses"] == ["10.0.5.0/26"]


TO_SITE = "return_route: lng-site localNetworkAddressSpace=192.168.0.0/16"


def _branch() -> Scene:
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    return scene


def test_j69_private_address_outside_the_estate_is_on_premises() -> None:
    found = ask(_branch(), "192.168.10.7", "pg1", ASKING)
    says(found, "allowed", "allowed", TO_SITE, BY_DEFAULT_IN)
    assert found["client"]["kind"] == "onprem"


def test_j69_public_address_outside_the_estate_is_the_internet() -> None:
    found = ask(_branch(), "203.0.113.7", "pg1")
    by = "dns: pg1 network.privateDnsZoneArmResourceId=pg.private.postgres.database.azure.com"
    says(found, "blocked CNAME_TARGET_NOT_PUBLIC", "blocked NO_PUBLIC_ENDPOINT", by)
    assert found["client"]["kind"] == "internet"


def test_j69_range_on_premises_that_no_gateway_covers_is_unknown() -> None:
    found = ask(_branch(), "onprem:172.29.0.0/24", "pg1", ASKING)
    by = ("dns: nobody", "forward_route: nobody")
    expected = ("unknown DNS_SERVER_PATH_UNKNOWN", "unknown ONPREM_NOT_COVERED")
    says(found, *expected, *by)


def test_j69_range_on_premises_is_split_by_what_gateways_cover() -> None:
    """It enters by every gateway whose prefixes cover it, and the rest is unknown."""
    found = ask(_branch(), "onprem:192.168.0.0/15", "pg1", ASKING)
    parts = {one["verdict"]: one["addresses"] for one in found["parts"]}
    assert parts == {"allowed": ["192.168.0.0/16"], "unknown": ["192.169.0.0/16"]}
    assert found["network"] == {"verdict": "mixed", "code": "ONPREM_NOT_COVERED"}


def test_parts_partition_the_client() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    found = ask(scene, "snet-app", "pg1")
    says(found, "allowed", "allowed", ROUTE_TO_B, parts={"allowed": ["10.1.2.0/24"]})
    assert found["client"]["addresses"] == ["10.1.2.0/24"]


@pytest.mark.parametrize("client", ["vm-a", "snet-app", "vnet-a"])
def test_two_runs_are_byte_identical(tmp_path: Path, client: str) -> None:
    world: World = Scene().peered()
    path = tmp_path / "world.json"
    path.write_text(json.dumps(world.snapshot()), encoding="utf-8")
    argv = ["trace", str(path), f"--from={client}", "--to=pg1", "--format=json"]
    assert run(argv) == run(argv)
