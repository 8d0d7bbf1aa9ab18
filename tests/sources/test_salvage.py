"""Rows with fields of wrong types: what fits is kept, the rest is noted, nothing raises."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.sources.lenient import Unreadable, untyped
from pgtopo.sources.load import load_rows
from pgtopo.sources.registry import kinds
from pgtopo.sources.salvage import salvage
from tests.sources.packing import NET, PG, row, vnet
from tests.thorough import THOROUGH


class Inner(msgspec.Struct, frozen=True, rename="camel"):
    text: str | None = None
    sub_list: list[str] | None = None


class Shape(msgspec.Struct, frozen=True, rename="camel"):
    text: str | None = None
    count: int | None = None
    share: float | None = None
    flag: bool | None = None
    inner: Inner | None = None
    many: list[Inner] | None = None
    tags: dict[str, str] | None = None
    pair: tuple[int, ...] | None = None
    either: int | str | None = None
    anything: Any = None


def put(value: object) -> tuple[Any, dict[str, str]]:
    notes: dict[str, str] = {}
    return salvage(value, Shape, notes.__setitem__), notes


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("text", 5432, "5432"),
        ("text", 5432.0, "5432"),
        ("text", 1.5, "1.5"),
        ("count", "100", 100),
        ("count", " 100 ", 100),
        ("count", "-1", -1),
        ("count", 7.0, 7),
        ("share", "0.5", 0.5),
        ("share", 1, 1.0),
        ("flag", "True", True),
        ("flag", "false", False),
        ("tags", {"a": 1}, {"a": "1"}),
        ("pair", [1, "2"], (1, 2)),
        ("either", "x", "x"),
        ("either", 3, 3),
        ("anything", {"a": [1]}, {"a": [1]}),
        ("text", None, None),
    ],
)
def test_what_plainly_stands_for_the_right_type_is_taken(
    field: str, value: object, expected: object
) -> None:
    found, notes = put({field: value})
    assert getattr(found, field) == expected
    assert notes == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", True),
        ("text", []),
        ("text", {}),
        ("text", float("nan")),
        ("count", "ten"),
        ("count", 1.5),
        ("count", True),
        ("count", "9" * 40),
        ("count", float("inf")),
        ("share", "nan"),
        ("share", "x"),
        ("share", True),
        ("flag", 1),
        ("flag", "yes"),
        ("inner", "x"),
        ("inner", []),
        ("tags", []),
        ("pair", 1),
        ("either", []),
    ],
)
def test_what_does_not_fit_is_noted_and_left_out(field: str, value: object) -> None:
    found, notes = put({field: value, "text": "kept"} if field != "text" else {field: value})
    assert getattr(found, field) is None
    assert list(notes) == [field]
    assert notes[field]
    if field != "text":
        assert found.text == "kept"


def test_empty_text_stands_for_nothing() -> None:
    found, notes = put({"inner": "", "many": "", "count": "", "flag": "", "text": ""})
    assert (found.inner, found.many, found.count, found.flag) == (None, None, None, None)
    assert found.text == ""
    assert notes == {}


@pytest.mark.parametrize("value", [{}, "x"])
def test_unreadable_list_of_objects_is_not_an_empty_one(value: object) -> None:
    found, notes = put({"many": value})
    assert found.many == [Inner()]
    assert list(notes) == ["many"]


def test_elements_are_saved_one_by_one() -> None:
    found, notes = put(
        {"many": [{"text": "a"}, 7, None, {"text": [], "subList": ["x", {}, 3]}], "pair": [1, "x"]}
    )
    assert found.many == [Inner(text="a"), Inner(), Inner(sub_list=["x", "3"])]
    assert found.pair == (1,)
    assert set(notes) == {"many[1]", "many[2]", "many[3].text", "many[3].subList[1]", "pair[1]"}


def test_half_characters_are_replaced() -> None:
    found, notes = put(untyped(b'{"text": "a\\ud800b", "anything": {"k\\udc00": ["\\ud800"]}}'))
    assert found.text == "a\ufffdb"
    assert found.anything == {"k\ufffd": ["\ufffd"]}
    assert "text" in notes
    json.dumps(msgspec.to_builtins(found)).encode()


@pytest.mark.parametrize("value", [7, None, "x", [], True, 1.5])
def test_what_is_no_object_is_unreadable(value: object) -> None:
    with pytest.raises(Unreadable, match="not an object"):
        put(value)


@pytest.mark.parametrize("text", [b"", b"{", b"nope", b'{"a": }', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_unreadable(text: bytes) -> None:
    with pytest.raises(Unreadable):
        untyped(text)


def test_forgiven_texts() -> None:
    assert untyped(b'{"a": "\xff"}') == {"a": "\ufffd"}
    assert untyped(b'{"a": 1, "a": 2}') == {"a": 2}
    assert untyped(b'{"a": "line\nfeed"}') == {"a": "line\nfeed"}
    assert untyped(b'{"a": ' + b"9" * 5000 + b"}") == {"a": float("inf")}


def test_each_bad_field_of_a_row_costs_that_field_only() -> None:
    bad = vnet("vnet-a")
    bad["location"] = 7
    bad["tags"] = "none"
    bad["properties"]["dhcpOptions"] = {"dnsServers": ["10.0.0.4", {"x": 1}]}
    bad["properties"]["addressSpace"]["addressPrefixes"] = ["10.1.0.0/16", False]
    bad["properties"]["subnets"] += [7, {"name": "x", "properties": {"addressPrefix": []}}]
    bad["properties"]["virtualNetworkPeerings"] = [
        {"name": "p", "properties": {"allowForwardedTraffic": "true", "peeringState": 1}}
    ]
    estate = load_rows([bad])
    found = estate.all(VirtualNetwork)[0]
    assert found.location == "7"
    assert found.dns_servers == ("10.0.0.4",)
    assert found.prefixes == ("10.1.0.0/16",)
    assert [one.name for one in estate.all(Subnet)] == ["snet", "x"]
    assert estate.all(Peering)[0].allows_forwarded is True
    paths = {issue.path: issue.resource for issue in estate.issues}
    assert set(paths) >= {
        "tags",
        "properties.dhcpOptions.dnsServers[1]",
        "properties.addressSpace.addressPrefixes[1]",
        "properties.subnets[1]",
        "properties.subnets[2].properties.addressPrefix",
    }
    assert paths["tags"] == bad["id"]


def test_numbers_as_text_in_a_firewall_rule() -> None:
    path = "flexibleServers/s/firewallRules/r"
    arm_type = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules"
    rule = row(arm_type, path, PG, startIpAddress=7, endIpAddress="10.0.0.9")
    estate = load_rows([rule])
    assert estate.all(FirewallRule)[0].start == "7"
    assert estate.all(FirewallRule)[0].span is None


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=8)
    | st.sampled_from(["10.0.0.0/24", "*", "5432", "Enabled", NET, f"{NET}/virtualNetworks/v"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


def members(shape: msgspec.inspect.Type, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values whose members have the names of a shape, and any type at all."""
    if isinstance(shape, msgspec.inspect.UnionType):
        return st.one_of([members(one, depth) for one in shape.types])
    if isinstance(shape, msgspec.inspect.ListType):
        return st.lists(members(shape.item_type, depth), max_size=2) | JSON
    if isinstance(shape, msgspec.inspect.StructType) and depth < 7:
        known = {one.encode_name: members(one.type, depth + 1) for one in shape.fields}
        return st.fixed_dictionaries({}, optional=known) | JSON
    return JSON


def checked(estate: Topology) -> None:
    """Nothing went wrong inside a builder, and everything can be printed."""
    for one in estate.set_aside:
        assert "could not be understood" not in one.reason, one
    for found in estate.resources():
        repr(found).encode()


@pytest.mark.parametrize("arm_type", kinds())
def test_any_value_in_any_field_is_survived(arm_type: str) -> None:
    provider, *segments = arm_type.split("/")
    path = "/".join(f"{segment}/x" for segment in segments)
    base = {"id": f"/subscriptions/s/resourceGroups/g/providers/{provider}/{path}"}

    @settings(
        max_examples=15 if THOROUGH else 4,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(members(msgspec.inspect.type_info(kinds()[arm_type].shape)))
    def survive(value: Any) -> None:
        made = value if isinstance(value, dict) else {"properties": value}
        estate = load_rows([{**made, **base, "type": arm_type}, made])
        checked(estate)

    survive()


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(JSON)
def test_any_row_at_all_is_survived(value: Any) -> None:
    estate = load_rows([value, {"properties": value, **vnet("v"), "tags": value}])
    checked(estate)
    assert len(estate.all(VirtualNetwork)) == 1


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(JSON, JSON)
def test_any_network_block_of_a_server_is_survived(network: Any, replica: Any) -> None:
    arm_type = "Microsoft.DBforPostgreSQL/flexibleServers"
    server = row(arm_type, "flexibleServers/s", PG, network=network, replica=replica)
    estate = load_rows([server])
    checked(estate)
    assert len(estate.all(FlexibleServer)) == 1
