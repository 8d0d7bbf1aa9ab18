"""Locks, subscriptions, resource groups and counted addresses."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.governance import Lock, ResourceGroup, Subscription
from pgtopo.model.ids import TENANT, fold
from pgtopo.model.network import SubnetUsage
from tests.sources.kinds.reading import GROUP, SUB, SUBNET, VNET, one, read


def lock(scope: str, name: str = "keep", level: str = "CanNotDelete") -> dict[str, Any]:
    return {
        "id": f"{scope}/providers/Microsoft.Authorization/locks/{name}",
        "name": name,
        "type": "Microsoft.Authorization/locks",
        "properties": {"level": level, "notes": None},
    }


@pytest.mark.parametrize("scope", [SUB, GROUP, VNET, SUBNET])
def test_quirk_75_a_locks_scope_is_in_its_id(scope: str) -> None:
    found = one(lock(scope, "can not delete"), Lock)
    assert (found.scope, found.level, found.name) == (
        fold(scope),
        "CanNotDelete",
        "can not delete",
    )


def test_quirk_75_several_locks_on_one_subscription() -> None:
    held = [one(lock(SUB, name, "ReadOnly"), Lock) for name in ("a", "b", "c")]
    assert {found.scope for found in held} == {fold(SUB)}
    assert len({found.id for found in held}) == 3


def test_quirk_12_lock_ids_in_lower_case() -> None:
    made = lock("/subscriptions/s/resourcegroups/rg/providers/microsoft.storage/storageAccounts/x")
    assert one(made, Lock).scope.endswith("/microsoft.storage/storageaccounts/x")


def test_a_lock_without_a_scope_in_its_id_is_left_out() -> None:
    found = read(lock("") | {"id": "locks/keep"})
    assert found.of(Lock) == []
    assert [issue.path for issue in found.issues] == ["id"]


def test_a_lock_of_the_tenant() -> None:
    assert one(lock(""), Lock).scope == TENANT


def test_an_unknown_level_is_kept_and_noted() -> None:
    odd = read(lock(SUB, level="Forever"))
    assert odd.of(Lock)[0].level == "Forever"
    assert [issue.path for issue in odd.issues] == ["properties.level"]


def test_a_subscription_keeps_its_display_name() -> None:
    row = {
        "id": SUB,
        "name": "Orders / Production",
        "type": "microsoft.resources/subscriptions",
        "properties": {
            "state": "Enabled",
            "managementGroupAncestorsChain": [
                {"name": "mg-prod", "displayName": "Production"},
                None,
                {"displayName": "?"},
                {"name": "tenant-root"},
            ],
        },
    }
    found = one(row, Subscription)
    assert (found.name, found.state) == ("Orders / Production", "Enabled")
    assert found.management_groups == ("mg-prod", "tenant-root")


def test_quirk_15_subscription_ids_need_not_be_guids() -> None:
    row = {"id": "/subscriptions/subid", "type": "microsoft.resources/subscriptions"}
    assert one(row, Subscription).name == "subid"


def test_quirk_06_a_row_with_nothing_but_an_id() -> None:
    kind = "microsoft.resources/subscriptions/resourcegroups"
    found = one({"id": GROUP, "type": kind}, ResourceGroup)
    assert (found.name, found.location) == ("rg-net-prod", "")


def test_a_subnets_usage() -> None:
    row = {
        "id": f"{SUBNET}/providers/pgtopo/usage",
        "name": "usage",
        "type": "pgtopo/subnetusage",
        "properties": {"used": 7, "source": "check_subnet_usage"},
    }
    found = one(row, SubnetUsage)
    assert (found.subnet, found.used, found.source) == (fold(SUBNET), 7, "check_subnet_usage")


@pytest.mark.parametrize("properties", [None, {}, {"used": "many"}, {"used": None}])
def test_a_usage_without_a_count_is_no_usage(properties: Any) -> None:
    row = {
        "id": f"{SUBNET}/providers/pgtopo/usage",
        "type": "pgtopo/subnetusage",
        "properties": properties,
    }
    found = read(row)
    assert found.of(SubnetUsage) == []
    assert "properties.used" in {issue.path for issue in found.issues}
