"""Decided readings about servers: their state, how they are attached, and what was read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import arm_id, rule
from tests.examples.ask import ask, assumptions, says, step
from tests.examples.scene import PEERED_ROUTE, RECORD, ZONE, Scene

ROUTE_TO_B = f"{PEERED_ROUTE}10.2.0.0/16"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("Ready", "allowed"),
        ("Updating", "allowed"),
        ("ready", "allowed"),
        ("Stopped", "blocked SERVER_NOT_RUNNING"),
        ("Disabled", "blocked SERVER_NOT_RUNNING"),
        ("Dropping", "blocked SERVER_NOT_RUNNING"),
        ("Inaccessible", "blocked SERVER_NOT_RUNNING"),
        ("Provisioning", "blocked SERVER_NOT_RUNNING"),
        ("Starting", "unknown SERVER_IN_TRANSITION"),
        ("Stopping", "unknown SERVER_IN_TRANSITION"),
        ("Restarting", "unknown SERVER_IN_TRANSITION"),
        ("Hibernating", "unknown SERVER_STATE_UNKNOWN"),
        (None, "unknown SERVER_STATE_UNKNOWN"),
    ],
)
def test_j24_j25_j53_state_of_the_server(state: str | None, expected: str) -> None:
    scene = Scene(server={"state": state} if state else {}).peered()
    if state is None:
        del scene.properties(scene.pg1)["state"]
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", expected, f"state: pg1 state={state}", RECORD, ROUTE_TO_B)
    assert found["steps"][0]["stage"] == "state"
    if state == "Updating":
        assert "Updating" in step(found, "state")["text"]


@pytest.mark.parametrize(
    ("state", "expected"), [("Stopped", "blocked"), ("Starting", "unknown"), ("Ready", "allowed")]
)
def test_j53_state_is_anded_to_every_part(state: str, expected: str) -> None:
    deny = rule("deny-half", 100, "Deny", src="10.1.2.128/25", ports="5432")
    scene = Scene(pg_nsg=[deny], server={"state": state}).peered()
    scene.linked(scene.a)
    parts = {expected: ["10.1.2.0/25"], "blocked": ["10.1.2.128/25"]}
    if expected == "blocked":
        parts = {"blocked": ["10.1.2.0/24"]}
    found = ask(scene, "snet-app", "pg1")
    assert {one["verdict"]: one["addresses"] for one in found["parts"]} == parts
    assert step(found, "state")["decided_by"]["value"] == state


def test_j36_preview_body_is_an_injected_server() -> None:
    scene = Scene().peered()
    body = scene.properties(scene.pg1)
    del body["network"]
    body["delegatedSubnetArguments"] = {"subnetArmResourceId": scene.pg}
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    by = ("dns: pg1 network.privateDnsZoneArmResourceId=None", ROUTE_TO_B)
    says(found, "unknown NO_ZONE", "allowed", *by)
    assert found["server"]["mode"] == "vnet"


@pytest.mark.parametrize("access", ["Enabled", "Disabled"])
def test_j36_statement_of_public_access_at_the_root(access: str) -> None:
    scene = Scene()
    server = scene.public_server("pg2")
    body = scene.properties(server)
    del body["network"]
    body["publicNetworkAccess"] = access
    scene.firewall_rule(server, "office", "203.0.113.7", "203.0.113.7")
    found = ask(scene, "internet:203.0.113.7", "pg2")
    if access == "Enabled":
        by = "server_access: pg2/office startIpAddress=203.0.113.7"
        says(found, "allowed", "allowed", by)
        assert found["server"]["mode"] == "public"
    else:
        says(found, "unknown MODE_UNKNOWN", "unknown MODE_UNKNOWN", "dns: pg2 network=None")


@pytest.mark.parametrize("network", [{}, {"publicNetworkAccess": "Disabled"}])
def test_j38_j65_mode_that_nobody_states(network: dict[str, str]) -> None:
    scene = Scene().peered()
    body = scene.properties(scene.pg1)
    body["network"] = network
    del body["privateEndpointConnections"]
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    by = ("dns: pg1 network=None", "forward_route: pg1 network=None")
    says(found, "unknown MODE_UNKNOWN", "unknown MODE_UNKNOWN", *by)
    assert found["server"]["mode"] == "unknown"


@pytest.mark.parametrize("access", ["Enabled", "Disabled", None])
@pytest.mark.parametrize("has_endpoint", [True, False])
@pytest.mark.parametrize("has_subnet", [True, False])
def test_j65_order_in_which_the_mode_is_told(
    access: str | None, has_endpoint: bool, has_subnet: bool
) -> None:
    """A delegated subnet, else an endpoint connection of any state, else public access."""
    scene = Scene()
    server = scene.public_server("pg2", access)
    body = scene.properties(server)
    if has_subnet:
        body["network"] = {"delegatedSubnetResourceId": scene.pg} | body["network"]
    if has_endpoint:
        scene.endpoint("pe", scene.mid, server, "10.2.5.9", "Pending")
    mode = "public" if access == "Enabled" else "unknown"
    mode = "private_endpoint" if has_endpoint else mode
    mode = "vnet" if has_subnet else mode
    found = ask(scene, "vm-b", "pg2")
    assert found["server"]["mode"] == mode
    decided = step(found, "dns")["decided_by"]
    assert decided["resource"] == server
    assert decided["property"].startswith("properties.network")


def test_j38_subnet_of_the_server_not_visible() -> None:
    scene = Scene().peered()
    elsewhere = arm_id(
        "99999999-0000-0000-0000-000000000000", "rg", "Microsoft.Network/virtualNetworks", "Away"
    )
    for entry in scene.coverage:
        entry["scope"] = f"/subscriptions/{scene.sub}"
    subnet = f"{elsewhere}/subnets/Snet"
    scene.properties(scene.pg1)["network"]["delegatedSubnetResourceId"] = subnet
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    held = "pg1 network.delegatedSubnetResourceId=Away/Snet"
    by = (f"dns: {held}", f"forward_route: {held}")
    says(found, "unknown SUBNET_NOT_READ", "unknown SUBNET_NOT_READ", *by)


NONE_WITHOUT_A_ROW = {
    "microsoft.network/dnsforwardingrulesets",
    "microsoft.network/dnsresolverpolicies",
    "microsoft.network/effectivesecurityadminrules",
    "microsoft.network/effectiveconnectivityconfigurations",
    "microsoft.network/virtualhubs",
    "microsoft.network/virtualwans",
    "microsoft.network/loadbalancers",
    "microsoft.network/natgateways",
}


def test_j32_bare_rows_assume_none_of_the_rare_kinds() -> None:
    scene = Scene(complete=None, pg_nsg=[]).peered()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", "allowed", RECORD, ROUTE_TO_B)
    texts = [one["text"] for one in found["assumptions"] if one["code"] == "TAKEN_AS_NONE"]
    assert len(texts) == len(set(texts))
    kinds = {text.removeprefix("The input has no ").partition(";")[0] for text in texts}
    assert kinds >= NONE_WITHOUT_A_ROW
    assert not kinds & {"microsoft.network/privatednszones", "microsoft.network/virtualnetworks"}


@pytest.mark.parametrize(
    ("field", "kind", "expected", "by"),
    [
        (
            "networkSecurityGroup",
            "networkSecurityGroups",
            "unknown RULES_UNSEEN",
            "client_filter: gone securityRules=None",
        ),
        (
            "routeTable",
            "routeTables",
            "unknown ROUTE_UNKNOWN",
            "forward_route: gone routes=None",
        ),
    ],
)
def test_j32_what_something_refers_to_is_not_taken_as_none(
    field: str, kind: str, expected: str, by: str
) -> None:
    scene = Scene(complete=None, pg_nsg=[]).peered()
    scene.linked(scene.a)
    gone = arm_id(scene.sub, "rg-else", f"Microsoft.Network/{kind}", "gone")
    scene.properties(scene.app)[field] = {"id": gone}
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, by)


def test_j32_bare_rows_without_links_know_nothing_of_links() -> None:
    scene = Scene(complete=None).peered()
    by = (f"dns: {ZONE} virtualNetworkLinks=None", ROUTE_TO_B)
    found: dict[str, Any] = ask(scene, "vm-a", "pg1")
    says(found, "unknown LINKS_NOT_READ", "allowed", *by)
    assert "TAKEN_AS_NONE" in assumptions(found)
