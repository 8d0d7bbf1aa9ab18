"""A field nobody can read is something that was not read, never "there is none"."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import route, rule
from tests.examples.ask import ask
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, Scene


def _scene(**options: Any) -> Scene:
    scene = Scene(**options).peered()
    scene.linked(scene.a)
    return scene


@pytest.mark.parametrize("value", ["oops", 7, ["x"], {"id": {}}, {"id": ["x"]}])
@pytest.mark.parametrize("field", ["networkSecurityGroup", "routeTable"])
def test_damaged_reference_of_a_subnet_leaves_the_path_open(field: str, value: Any) -> None:
    scene = _scene()
    scene.properties(scene.pg)[field] = value
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


@pytest.mark.parametrize("rules", ["oops", [5], [["x"]], [{"name": "a", "properties": "oops"}]])
def test_damaged_rules_of_a_group_leave_the_path_open(rules: Any) -> None:
    scene = _scene(pg_nsg=[])
    group = scene.properties(scene.pg)["networkSecurityGroup"]["id"]
    scene.properties(group)["securityRules"] = rules
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


@pytest.mark.parametrize("field", ["priority", "direction", "access", "sourceAddressPrefix"])
def test_damaged_field_of_a_rule_leaves_the_path_open(field: str) -> None:
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    deny["properties"][field] = {}
    scene = _scene(pg_nsg=[deny])
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


@pytest.mark.parametrize("routes", ["oops", [5], [{"name": "a", "properties": 1}]])
def test_damaged_routes_leave_the_path_open(routes: Any) -> None:
    scene = _scene(pg_routes=[route("other", "172.16.0.0/16", "None")])
    table = scene.properties(scene.pg)["routeTable"]["id"]
    scene.properties(table)["routes"] = routes
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


@pytest.mark.parametrize("is_flat", [True, False])
def test_a_group_or_table_without_properties_leaves_the_path_open(*, is_flat: bool) -> None:
    """`az network nsg list` prints properties beside the id: a deny in there is not seen."""
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    drop = route("all", "10.0.0.0/8", "None")
    for scene in (_scene(pg_nsg=[deny]), _scene(pg_routes=[drop])):
        held = scene.properties(scene.pg)
        reference = held.get("networkSecurityGroup") or held["routeTable"]
        row = next(one for one in scene.rows if one["id"] == reference["id"])
        stated = row.pop("properties")
        row.update(stated if is_flat else {"properties": "oops"})
        assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


def test_default_rules_that_cannot_be_read_are_the_ones_every_group_has() -> None:
    scene = _scene(pg_nsg=[])
    group = scene.properties(scene.pg)["networkSecurityGroup"]["id"]
    scene.properties(group)["defaultSecurityRules"] = "oops"
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "allowed"


@pytest.mark.parametrize("value", [None, {}, {"id": None}, {"id": ""}, ""])
def test_empty_reference_means_none(value: Any) -> None:
    scene = _scene()
    scene.properties(scene.pg)["networkSecurityGroup"] = value
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "allowed"


def _through_firewall() -> Scene:
    """Both directions over an Azure Firewall of the hub, whose policy lets 5432 pass."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    return scene


@pytest.mark.parametrize(
    "kind",
    [
        "microsoft.network/azurefirewalls",
        "microsoft.network/firewallpolicies/rulecollectiongroups",
    ],
)
def test_a_firewall_of_which_something_is_bare_leaves_the_path_open(kind: str) -> None:
    scene = _through_firewall()
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "allowed"
    next(one for one in scene.rows if one["type"].lower() == kind).pop("properties")
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


def _resolved_in_the_hub(*, is_by_rule: bool) -> Scene:
    """The zone is linked to the hub alone, whose resolver vnet-a asks directly or by a rule."""
    scene = Scene(app_dns=() if is_by_rule else ("10.0.2.4",)).peered().spokes()
    scene.hub_resolver()
    scene.linked(scene.hub)
    if is_by_rule:
        subnet = scene.subnet(scene.hub, "snet-dns-out", "10.0.3.0/28", delegation="dns")
        resolver = next(one["id"] for one in scene.rows if one["name"] == "dnspr-hub")
        ruleset = scene.ruleset("frs-hub", scene.outbound(resolver, subnet))
        scene.forwarding_rule(ruleset, "pg", "postgres.database.azure.com.", "10.0.2.4")
        scene.ruleset_link(ruleset, scene.a, "link-a")
    return scene


def test_a_bare_resolver_answers_for_the_network_of_its_endpoint() -> None:
    scene = _resolved_in_the_hub(is_by_rule=False)
    next(one for one in scene.rows if one["name"] == "dnspr-hub").pop("properties")
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "allowed"


def test_a_bare_link_of_a_ruleset_may_be_that_of_any_network() -> None:
    scene = _resolved_in_the_hub(is_by_rule=True)
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "allowed"
    next(one for one in scene.rows if one["name"] == "link-a").pop("properties")
    assert ask(scene, "vm-a", "pg1")["dns"]["verdict"] == "unknown"


def test_a_bare_gateway_makes_no_fault_of_the_routes_that_lead_to_one() -> None:
    scene = Scene(pg_routes=[route("site", "192.168.0.0/16", "VirtualNetworkGateway")]).branch()
    assert "PGT409" not in scene.findings()
    next(one for one in scene.rows if one["name"] == "vgw-hub").pop("properties")
    assert "PGT409" not in scene.findings()


def test_a_bare_table_may_widen_the_tag_of_what_belongs_to_the_network() -> None:
    """Prefixes of its routes belong to the tag, so that the default deny is not sure."""
    lost = route("lost", "172.16.0.0/16", "None")
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[lost], pg_nsg=[]).spokes()
    scene.firewall()
    scene.linked(scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["code"] == "NSG_DEFAULT_DENY"
    table = scene.properties(scene.pg)["routeTable"]["id"]
    next(one for one in scene.rows if one["id"] == table).pop("properties")
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"
