"""Network Manager rows, whose keys come in two spellings."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.avnm import (
    AdminAddress,
    EffectiveAdminRules,
    EffectiveConnectivity,
    GroupMembership,
)
from pgtopo.model.ids import fold
from tests.sources.kinds.reading import NET, VNET, one, read

MANAGER = f"{NET}/networkManagers/avnm"
BASELINE = f"{MANAGER}/securityAdminConfigurations/baseline"
GROUP = f"{MANAGER}/networkGroups/prod"


def camel(value: Any) -> Any:
    return value


def pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: pascal(inner) for key, inner in value.items()}
    return [pascal(inner) for inner in value] if isinstance(value, list) else value


def upper(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.upper(): upper(inner) for key, inner in value.items()}
    return [upper(inner) for inner in value] if isinstance(value, list) else value


SPELLINGS = pytest.mark.parametrize("spell", [camel, pascal, upper])


def row(kind: str, properties: Any) -> dict[str, Any]:
    return {
        "id": f"{VNET}/providers/Microsoft.Network/{kind}/default",
        "name": "default",
        "type": f"microsoft.network/{kind.lower()}",
        "properties": properties,
    }


def admin_rule(**properties: Any) -> dict[str, Any]:
    return {
        "id": f"{BASELINE}/ruleCollections/c/rules/deny-ssh",
        "name": "deny-ssh",
        "kind": "Custom",
        "properties": {
            "access": "Deny",
            "direction": "Inbound",
            "priority": 10,
            "protocol": "Tcp",
            "sources": [{"addressPrefix": "Internet", "addressPrefixType": "ServiceTag"}],
            "destinations": [{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}, None],
            "sourcePortRanges": ["0-65535"],
            "destinationPortRanges": ["22", "3389"],
            **properties,
        },
    }


def admin(*rules: Any) -> dict[str, Any]:
    configuration = {"id": f"{BASELINE}/snapshots/0", "rules": list(rules)}
    return {"effectiveSecurityAdminConfigurations": [configuration, None]}


@SPELLINGS
def test_admin_rules_in_any_spelling(spell: Any) -> None:
    found = one(row("effectiveSecurityAdminRules", spell(admin(admin_rule()))), EffectiveAdminRules)
    assert found.network == fold(VNET)
    (made,) = found.rules
    assert (made.name, made.access, made.direction) == ("deny-ssh", "Deny", "Inbound")
    assert (made.priority, made.protocol) == (10, "Tcp")
    assert made.sources == (AdminAddress(prefix="Internet", prefix_type="ServiceTag"),)
    assert made.destinations == (AdminAddress(prefix="*", prefix_type="IPPrefix"),)
    assert (made.source_ports, made.destination_ports) == (("0-65535",), ("22", "3389"))
    assert made.configuration == f"{BASELINE}/snapshots/0"
    assert found.unread == ()


def test_a_configuration_without_its_rules_is_named_as_unread() -> None:
    properties = {"effectiveSecurityAdminConfigurations": [{"id": f"{BASELINE}/snapshots/0"}]}
    found = one(row("effectiveSecurityAdminRules", properties), EffectiveAdminRules)
    assert found.rules == ()
    assert found.unread == (fold(f"{BASELINE}/snapshots/0"),)


def test_rules_as_the_management_api_lists_them() -> None:
    properties = {"value": [admin_rule(access="AlwaysAllow")]}
    found = one(row("effectiveSecurityAdminRules", properties), EffectiveAdminRules)
    assert [made.access for made in found.rules] == ["AlwaysAllow"]


def test_rules_with_missing_parts() -> None:
    nameless = {"properties": {"access": "Perhaps", "direction": "Inbound"}}
    found = read(row("effectiveSecurityAdminRules", admin(nameless, {"name": "bare"}, None)))
    (held,) = found.of(EffectiveAdminRules)
    (made,) = held.rules
    assert (made.access, made.priority, made.sources) == ("Perhaps", None, ())
    assert made.id == fold(f"{BASELINE}/snapshots/0/rules/0")
    assert {issue.path for issue in found.issues} == {"properties.rules", "properties.rules.access"}


def test_one_odd_value_costs_that_value_only() -> None:
    found = read(row("effectiveSecurityAdminRules", admin(admin_rule(priority={}, sources="x"))))
    (made,) = found.of(EffectiveAdminRules)[0].rules
    assert (made.priority, made.access) == (None, "Deny")
    assert [one.prefix for one in made.sources] == [""], "unreadable, which is not the same as any"
    assert all(issue.path.startswith("properties.") for issue in found.issues)


def test_a_row_nested_without_end_is_cut() -> None:
    deep: Any = []
    for _ in range(200):
        deep = [deep]
    properties = {"effectiveSecurityAdminConfigurations": deep}
    found = read(row("effectiveSecurityAdminRules", properties))
    assert found.of(EffectiveAdminRules)[0].rules == ()


def connectivity(**properties: Any) -> dict[str, Any]:
    body = {
        "connectivityTopology": "Mesh",
        "hubs": [{"resourceId": VNET, "resourceType": "Microsoft.Network/virtualNetworks"}],
        "isGlobal": "True",
        "appliesToGroups": [
            {"networkGroupId": GROUP, "groupConnectivity": "DirectlyConnected"},
            None,
        ],
        **properties,
    }
    made = {
        "id": f"{MANAGER}/connectivityConfigurations/mesh/snapshots/0",
        "properties": body,
        "configurationGroups": [{"id": GROUP}],
    }
    return {"effectiveConnectivityConfigurations": [made]}


@SPELLINGS
def test_connectivity_in_any_spelling(spell: Any) -> None:
    made = row("effectiveConnectivityConfigurations", spell(connectivity()))
    found = one(made, EffectiveConnectivity)
    (held,) = found.configurations
    assert found.network == fold(VNET)
    assert held.configuration == fold(f"{MANAGER}/connectivityConfigurations/mesh/snapshots/0")
    assert (held.topology, held.hubs, held.is_global) == ("Mesh", (fold(VNET),), True)
    assert held.groups == ((fold(GROUP), "DirectlyConnected"),)


def test_connectivity_that_names_its_groups_only() -> None:
    made = connectivity(appliesToGroups=None, isGlobal=False, connectivityTopology=None)
    found = one(row("effectiveConnectivityConfigurations", made), EffectiveConnectivity)
    (held,) = found.configurations
    assert (held.groups, held.topology, held.is_global) == (((fold(GROUP), ""),), "", False)


@SPELLINGS
def test_memberships_in_any_spelling(spell: Any) -> None:
    properties = {"groupMemberships": [{"networkGroupId": GROUP}, None, {}]}
    found = one(row("networkGroupMemberships", spell(properties)), GroupMembership)
    assert (found.network, found.groups) == (fold(VNET), (fold(GROUP),))


@pytest.mark.parametrize("properties", [None, {}, {"groupMemberships": None}])
def test_a_row_that_says_nothing(properties: Any) -> None:
    assert one(row("networkGroupMemberships", properties), GroupMembership).groups == ()
