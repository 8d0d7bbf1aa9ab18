"""Network security groups: rules stay as they were written."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.ids import fold
from pgtopo.model.nsg import (
    ApplicationSecurityGroup,
    NetworkSecurityGroup,
    SecurityRuleRow,
    with_rules,
)
from tests.sources.kinds.reading import NET, VNET, one, read, ref

NSG = f"{NET}/networkSecurityGroups/nsg-pg"
TYPE = "microsoft.network/networksecuritygroups"
SIX = {
    ("AllowVnetInBound", "Inbound", 65000, "Allow"),
    ("AllowAzureLoadBalancerInBound", "Inbound", 65001, "Allow"),
    ("DenyAllInBound", "Inbound", 65500, "Deny"),
    ("AllowVnetOutBound", "Outbound", 65000, "Allow"),
    ("AllowInternetOutBound", "Outbound", 65001, "Allow"),
    ("DenyAllOutBound", "Outbound", 65500, "Deny"),
}


def rule(name: str = "allow-pg", /, **properties: Any) -> dict[str, Any]:
    body = {
        "access": "Allow",
        "direction": "Inbound",
        "priority": 100,
        "protocol": "Tcp",
        "sourceAddressPrefix": "10.20.0.0/16",
        "sourcePortRange": "*",
        "destinationAddressPrefix": "*",
        "destinationPortRange": "5432",
        **properties,
    }
    return {"id": f"{NSG}/securityRules/{name}", "name": name, "properties": body}


def group(*rules: Any, **properties: Any) -> dict[str, Any]:
    body = {"securityRules": list(rules), **properties}
    return {"id": NSG, "name": "nsg-pg", "type": TYPE, "location": "westeurope", "properties": body}


def test_rules_keep_azures_own_shape() -> None:
    found = one(group(rule()), NetworkSecurityGroup)
    (made,) = found.rules
    assert made.name == "allow-pg"
    assert made.properties is not None
    assert made.properties.destination_port_range == "5432"
    assert made.properties.source_address_prefixes is None


@pytest.mark.parametrize(
    "stated", [{}, {"defaultSecurityRules": None}, {"defaultSecurityRules": []}]
)
def test_quirk_26_the_six_default_rules_apply_where_a_row_leaves_them_out(
    stated: dict[str, Any],
) -> None:
    found = one(group(**stated), NetworkSecurityGroup)
    made = {
        (r.name, r.properties.direction, r.properties.priority, r.properties.access)
        for r in found.default_rules
        if r.properties is not None
    }
    assert made == SIX
    assert found.rules == ()


def test_default_rules_of_the_row_win() -> None:
    found = one(group(defaultSecurityRules=[rule("AllowVnetInBound")]), NetworkSecurityGroup)
    assert [made.name for made in found.default_rules] == ["AllowVnetInBound"]


def test_quirk_57_reverse_lists_are_not_read() -> None:
    row = group(subnets=[ref(f"{VNET}-other/subnets/x")], networkInterfaces=[ref("nic")])
    assert one(row, NetworkSecurityGroup).rules == ()


def test_quirk_58_a_group_without_properties() -> None:
    assert len(one({"id": NSG, "type": TYPE}, NetworkSecurityGroup).default_rules) == 6


def test_quirk_63_an_empty_prefix_beside_groups_is_kept_apart_from_any() -> None:
    asgs = [ref(f"{NET}/applicationSecurityGroups/asg-app")]
    made = rule(
        sourceAddressPrefix="", sourceAddressPrefixes=[], sourceApplicationSecurityGroups=asgs
    )
    body = one(group(made), NetworkSecurityGroup).rules[0].properties
    assert body is not None
    assert (body.source_address_prefix, body.source_address_prefixes) == ("", ())
    assert body.source_application_security_groups is not None
    assert body.source_application_security_groups[0].id == asgs[0]["id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sourceAddressPrefix", "111"),
        ("sourceAddressPrefix", "CorpNetSaw"),
        ("protocol", "UDP"),
        ("destinationPortRange", "22-22"),
    ],
)
def test_quirks_64_to_68_values_are_kept_as_written(field: str, value: Any) -> None:
    body = one(group(rule(**{field: value})), NetworkSecurityGroup).rules[0].properties
    names = {
        "sourceAddressPrefix": "source_address_prefix",
        "protocol": "protocol",
        "destinationPortRange": "destination_port_range",
    }
    assert getattr(body, names[field]) == value


@pytest.mark.parametrize(("priority", "noted"), [(5, 1), (99, 1), (100, 0), (4096, 0), (4097, 1)])
def test_quirk_68_a_priority_that_cannot_be_is_kept_and_noted(priority: int, noted: int) -> None:
    found = read(group(rule(priority=priority)))
    body = found.of(NetworkSecurityGroup)[0].rules[0].properties
    assert body is not None
    assert body.priority == priority
    paths = [issue.path for issue in found.issues]
    assert paths == ["properties.securityRules.allow-pg.properties.priority"] * noted


def test_a_rule_row_with_a_priority_that_cannot_be_is_noted() -> None:
    found = read(rule(priority=5000) | {"type": f"{TYPE}/securityRules"})
    assert [issue.path for issue in found.issues] == ["properties.priority"]


def test_null_rules_are_left_out() -> None:
    found = one(group(None, rule()), NetworkSecurityGroup)
    assert len(found.rules) == 1


def test_one_odd_rule_costs_that_field_only() -> None:
    found = read(group(rule(), rule("odd", priority=[1], destinationPortRanges=[5432, None])))
    (held,) = found.of(NetworkSecurityGroup)
    assert [made.name for made in held.rules] == ["allow-pg", "odd"]
    odd = held.rules[1].properties
    assert odd is not None
    assert odd.priority is None
    assert odd.destination_port_ranges == ("5432",)
    assert found.issues


def test_a_rule_as_a_row_of_its_own_joins_its_group() -> None:
    own = one(rule("deny-all", priority=4096) | {"type": f"{TYPE}/securityRules"}, SecurityRuleRow)
    assert own.group == fold(NSG)
    held = one(group(rule(), rule("Deny-All", access="Allow")), NetworkSecurityGroup)
    joined = with_rules(held, [own])
    assert [made.name for made in joined.rules] == ["allow-pg", "deny-all"]
    assert joined.rules[1].properties == own.rule.properties
    assert with_rules(held, []) is held


def test_an_application_security_group() -> None:
    row = {
        "id": f"{NET}/applicationSecurityGroups/asg-app",
        "name": "asg-app",
        "type": "microsoft.network/applicationsecuritygroups",
        "location": "westeurope",
        "properties": {"provisioningState": "Succeeded"},
    }
    assert one(row, ApplicationSecurityGroup).name == "asg-app"
