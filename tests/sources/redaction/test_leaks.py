"""No name a customer chose, no GUID and no address of theirs is in any byte of what is written."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from pgtopo.model.nsg import Wire
from pgtopo.sources import registry
from pgtopo.sources.redaction import known
from pgtopo.sources.redaction.fields import LEFT_OUT, RULES, rule_of
from pgtopo.sources.shapes_manager import Folded
from tests.estates.world import World
from tests.oracle.estates import random_estate
from tests.sources.redaction.comparing import tokens, twin

SNAPSHOTS = Path(__file__).resolve().parents[3] / "snapshots"
WELL_KNOWN = {"0.0.0.0", "168.63.129.16", "255.255.255.255", "127.0.0.1"}
CLASSES = {text.partition("/")[0] for text in known.KEPT_CLASSES}


def assert_nothing_left(path: Path, folder: Path) -> int:
    """Look for what was chosen in what was written; how much was looked for."""
    target, found = twin(path, folder)
    names, guids, addresses = tokens(target.read_bytes())
    chosen = {one for one in found.names if len(one) >= 6} - set(found.ambiguous)
    assert not chosen & names, path.name
    assert not set(found.guids) & guids
    _, _, old = tokens(path.read_bytes())
    assert not (old & addresses) - WELL_KNOWN - CLASSES, path.name
    assert not found.repeated
    assert set(found.ambiguous) <= {"inbound", "outbound", "storage", "mesh"}, (
        "names that are words of Azure's"
    )
    return len(chosen) + len(old)


@pytest.mark.parametrize("name", ["contoso", "healthy"])
def test_bundled_snapshots(name: str, tmp_path: Path) -> None:
    assert assert_nothing_left(SNAPSHOTS / name / "snapshot.json", tmp_path) > 100


def test_random_estates(tmp_path: Path) -> None:
    for seed in range(12):
        path = tmp_path / f"{seed}.json"
        path.write_text(json.dumps(random_estate(seed).world.snapshot()))
        assert_nothing_left(path, tmp_path)


def test_what_customers_write_freely_is_gone(tmp_path: Path) -> None:
    """Tags, descriptions, unknown properties, odd values, and texts in places for other things."""
    world = World()
    network = world.vnet("vnet-acmecorp", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-acmecorp", "10.1.1.0/28", delegation="pg")
    zone = world.zone("acmecorp.private.postgres.database.azure.com")
    world.server("psql-acmecorp", subnet, zone)
    content = world.snapshot()
    content["scope"] = {"owner": "acmecorp-team", "acmecorp": {"x": "acmecorp"}}
    content["coverage"][0]["detail"] = "denied to someone@acmecorp.example"
    for row in content["rows"]:
        row["tags"] = {"acmecorp-cost": "acmecorp-42"}
        row["acmecorpField"] = "acmecorp-field"
        row["managedBy"] = "acmecorp"
        row["properties"]["administratorLogin"] = "acmecorp_admin"
        row["properties"]["description"] = "owned by acmecorp"
        row["properties"]["state"] = "acmecorp\u202e<b>"
        row["kind"] = ["acmecorp/../x", {"acmecorp": "acmecorp"}]
    path = tmp_path / "acme.json"
    path.write_text(json.dumps(content))
    target, found = twin(path, tmp_path)
    assert b"acmecorp" not in target.read_bytes().lower()
    assert "psql-acmecorp" in found.names


def test_every_property_a_reader_knows_has_a_rule() -> None:
    registry.kinds()
    read = {
        field.encode_name.replace("_", "").lower()
        for base in (Wire, Folded)
        for shape in _below(base)
        for field in msgspec.structs.fields(shape)
    }
    assert {name for name in read if rule_of(name) is None} == LEFT_OUT
    assert set(RULES) - read == set(), "rules for properties nobody reads"


def _below(base: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    return [one for child in base.__subclasses__() for one in (child, *_below(child))]
