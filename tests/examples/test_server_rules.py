"""Decided readings about servers, clients and what was read."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest

from tests.estates.rows import arm_id
from tests.estates.world import World
from tests.examples.ask import ask, run, step, verdicts
from tests.examples.scene import Scene


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("Ready", "allowed"),
        ("Updating", "allowed"),
        ("Stopped", "blocked"),
        ("Disabled", "blocked"),
        ("Dropping", "blocked"),
        ("Inaccessible", "blocked"),
        ("Provisioning", "blocked"),
        ("Starting", "unknown"),
        ("Stopping", "unknown"),
        ("Restarting", "unknown"),
        ("Hibernating", "unknown"),
        (..., "unknown"),
    ],
)
def test_j24_j25_j53_state_of_the_server(state: object, expected: str) -> None:
    """J24, J25, J53."""
    scene = Scene(server={"state": state} if state is not ... else {}).peered()
    if state is ...:
        del scene.properties(scene.pg1)["state"]
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert step(found, "state")["verdict"] == expected
    assert verdicts(found) == ("allowed", expected, expected)


def test_j36_preview_body_is_an_injected_server() -> None:
    """J36."""
    scene = Scene().peered()
    body = scene.properties(scene.pg1)
    del body["network"]
    body["delegatedSubnetArguments"] = {"subnetArmResourceId": scene.pg}
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["server"]["mode"] == "vnet"
    assert found["network"]["verdict"] == "allowed"


@pytest.mark.parametrize("network", [{}, {"publicNetworkAccess": "Disabled"}])
def test_j38_j65_mode_that_nobody_states(network: dict[str, str]) -> None:
    """J38, J65."""
    scene = Scene().peered()
    body = scene.properties(scene.pg1)
    body["network"] = network
    del body["privateEndpointConnections"]
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["server"]["mode"] == "unknown"
    assert verdicts(found) == ("unknown", "unknown", "unknown")


def test_j38_subnet_of_the_server_not_visible() -> None:
    """J38."""
    scene = Scene().peered()
    elsewhere = arm_id(
        "99999999-0000-0000-0000-000000000000", "rg", "Microsoft.Network/virtualNetworks", "v"
    )
    for entry in scene.coverage:
        entry["scope"] = f"/subscriptions/{scene.sub}"
    scene.properties(scene.pg1)["network"]["delegatedSubnetResourceId"] = f"{elsewhere}/subnets/s"
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ("unknown", "unknown", "unknown")


def test_j31_j44_ipv6_only_subnet() -> None:
    """J31, J44."""
    scene = Scene().peered()
    scene.properties(scene.a)["addressSpace"]["addressPrefixes"].append("fd00:1::/48")
    scene.subnet(scene.a, "snet-six", "fd00:1:0:1::/64")
    scene.linked(scene.a)
    found = ask(scene, "snet-six", "pg1")
    assert verdicts(found) == ("allowed", "unknown", "unknown")
    found = ask(scene, "snet-app", "pg1")
    assert verdicts(found) == ("allowed", "allowed", "allowed")


def test_j32_bare_rows_assume_none_of_the_rare_kinds() -> None:
    """J32."""
    scene = Scene(complete=None, pg_nsg=[]).peered()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == "allowed"
    assert found["dns"]["verdict"] == "allowed"
    assert found["assumptions"]


def test_j32_bare_rows_without_links_know_nothing_of_links() -> None:
    """J32."""
    scene = Scene(complete=None).peered()
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "unknown"


def test_j69_address_in_two_networks_is_ambiguous(tmp_path: Path) -> None:
    """J69."""
    scene = Scene().peered()
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


def test_j69_range_over_several_subnets_is_split_by_owner() -> None:
    """J69."""
    scene = Scene().peered()
    scene.subnet(scene.a, "snet-web", "10.1.3.0/24")
    scene.linked(scene.a)
    found = ask(scene, "10.1.2.0/23", "pg1")
    assert found["verdict"] == "allowed"
    assert found["client"]["kind"] == "ip"


def test_j69_network_as_client_leaves_out_service_subnets() -> None:
    """J69."""
    scene = Scene().peered()
    scene.linked(scene.b)
    found = ask(scene, "vnet-b", "pg1")
    addresses = {one for part in found["parts"] for one in part["addresses"]}
    assert addresses == {"10.2.5.0/24"}


def test_j69_private_address_outside_the_estate_is_on_premises() -> None:
    """J69."""
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "192.168.10.7", "pg1", "--client-dns=10.0.2.4")
    assert found["client"]["kind"] == "onprem"
    assert found["network"]["verdict"] == "allowed"


def test_j69_uncovered_on_premises_range_is_unknown() -> None:
    """J69."""
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:172.29.0.0/24", "pg1", "--client-dns=10.0.2.4")
    assert found["network"]["verdict"] == "unknown"


def test_parts_partition_the_client() -> None:
    scene = Scene().peered()
    scene.linked(scene.a)
    found = ask(scene, "snet-app", "pg1")
    assert [part["addresses"] for part in found["parts"]] == [["10.1.2.0/24"]]
    assert found["client"]["addresses"] == ["10.1.2.0/24"]


def test_two_runs_are_byte_identical(tmp_path: Path) -> None:
    world: World = Scene().peered()
    path = tmp_path / "world.json"
    path.write_text(json.dumps(world.snapshot()), encoding="utf-8")
    argv = ["trace", str(path), "--from=vm-a", "--to=pg1", "--format=json"]
    assert run(argv) == run(argv)
