"""Whatever stands in a row of any kind, reading it never fails."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from pgtopo.sources.registry import kinds
from tests.sources.kinds.reading import Found, read
from tests.sources.kinds.samples import samples

WRONG: tuple[Any, ...] = (
    7,
    -1,
    1.5,
    True,
    "",
    "string",
    "/",
    "//x",
    "a/b",
    [],
    [None],
    [[]],
    ["", None, 7],
    {},
    {"id": None},
    {"id": 7, "properties": None},
)

#: What cannot do without one field, and says so where it is missing.
NEEDS = {
    "microsoft.network/dnsforwardingrulesets/forwardingrules",
    "microsoft.authorization/locks",
    "pgtopo/subnetusage",
}

Path = tuple[str | int, ...]


def paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """Every place in a row, the row itself left out."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    for key, held in inner:
        yield (*at, key)
        yield from paths(held, (*at, key))


def changed(row: dict[str, Any], at: Path, value: Any) -> dict[str, Any]:
    """A copy of a row with another value at one place; Ellipsis takes it out."""
    made = copy.deepcopy(row)
    holder: Any = made
    for key in at[:-1]:
        holder = holder[key]
    if value is ...:
        del holder[at[-1]]
    else:
        holder[at[-1]] = value
    return made


def variants(arm_type: str, values: tuple[Any, ...]) -> Iterator[tuple[Path, Any, Found]]:
    row = samples()[arm_type]
    for at in paths(row):
        if at not in (("id",), ("type",)):
            for value in values:
                yield at, value, read(changed(row, at, value), arm_type)


def test_there_is_a_full_row_of_every_kind() -> None:
    assert set(samples()) == set(kinds())


@pytest.mark.parametrize("arm_type", sorted(kinds()))
def test_a_full_row_is_read_without_a_note(arm_type: str) -> None:
    found = read(samples()[arm_type], arm_type)
    assert found.issues == []
    assert found.resources


@pytest.mark.parametrize("arm_type", sorted(kinds()))
def test_any_field_may_be_missing_or_null(arm_type: str) -> None:
    for at, value, found in variants(arm_type, (..., None)):
        assert found.resources or (arm_type in NEEDS and found.issues), (at, value)


@pytest.mark.parametrize("arm_type", sorted(kinds()))
def test_any_field_may_have_a_wrong_value(arm_type: str) -> None:
    for at, value, found in variants(arm_type, WRONG):
        assert found.resources or found.issues, (at, value)
        assert all(one.id.startswith("/") for one in found.resources), (at, value)


@pytest.mark.parametrize("arm_type", sorted(kinds()))
@pytest.mark.parametrize("arm_id", ["testDB_ID", "a/b", "/subscriptions/subid/x", "/x/y/z/", "é/ü"])
def test_any_id_will_do(arm_type: str, arm_id: str) -> None:
    found = read(samples()[arm_type] | {"id": arm_id}, arm_type)
    assert found.resources or found.issues


@pytest.mark.parametrize("arm_type", sorted(kinds()))
def test_a_row_may_hold_nothing_but_its_id(arm_type: str) -> None:
    found = read({"id": samples()[arm_type]["id"]}, arm_type)
    assert found.resources or (arm_type in NEEDS and found.issues)
    for resource in found.resources:
        assert resource.name
