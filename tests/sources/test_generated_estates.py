"""The generator makes estates that are valid, repeatable and honest about their faults."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import zstandard

from pgtopo.checks.base import Severity
from pgtopo.checks.finding import Finding
from pgtopo.session import Session
from pgtopo.sources.load import load_rows
from tests.estates.generator import FAULTS, Manifest, generate
from tests.estates.rows import Row
from tests.estates.world import World
from tests.thorough import some


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """An estate with more than one hub."""
    return list(generate(60, seed=7))


def test_the_same_seed_makes_the_same_rows(rows: list[Row]) -> None:
    assert list(generate(60, seed=7)) == rows
    assert list(generate(60, seed=8)) != rows


def test_ids_are_unique_without_regard_to_case(rows: list[Row]) -> None:
    counts = Counter(row["id"].lower() for row in rows)
    assert [one for one, times in counts.items() if times > 1] == []


def test_every_row_is_read_without_a_complaint(rows: list[Row]) -> None:
    topology = load_rows(rows)
    assert (topology.set_aside, topology.issues) == ((), ())


def test_references_lead_to_rows_whatever_their_case(rows: list[Row]) -> None:
    known = {row["id"].lower() for row in rows}
    for row in rows:
        if row["type"] == "microsoft.network/virtualnetworks":
            known |= {subnet["id"].lower() for subnet in row["properties"]["subnets"]}
    dangling = [
        (row["id"], reference)
        for row in rows
        for reference in _typed_references(row)
        if reference.lower() not in known
    ]
    assert dangling == []


def test_some_references_are_spelled_in_another_case() -> None:
    manifest = Manifest()
    rows = list(generate(30, seed=3, manifest=manifest))
    references = sum(json.dumps(row["properties"]).count('"/subscriptions/') for row in rows)
    assert manifest.respelled > references / 200


def test_faults_come_at_the_asked_rate_and_are_listed() -> None:
    manifest = Manifest()
    rows = {row["id"].lower() for row in generate(150, seed=1, fault_rate=0.1, manifest=manifest)}
    laid, chances = len(manifest.faults), manifest.chances.total()
    assert 0.06 < laid / chances < 0.14
    assert {fault["fault"] for fault in manifest.faults} == set(FAULTS) == set(manifest.chances)
    for fault in manifest.faults:
        parent = fault["subject"].lower()
        for segment in ("/subnets/", "/virtualnetworkpeerings/"):
            parent = parent.split(segment)[0]
        assert parent in rows, fault


def test_nothing_is_found_where_no_fault_is_laid() -> None:
    manifest = Manifest()
    findings = _findings(generate(30, seed=1, fault_rate=0.0, manifest=manifest))
    assert manifest.faults == []
    serious = [one for one in findings if one.severity is not Severity.INFO]
    # Every hub has its own zone for endpoints, all of one name: that much is worth a warning.
    assert [one.message for one in serious if one.check != "PGT909"] == []


@pytest.mark.parametrize("seed", some([1, 2], 2))
def test_every_fault_that_is_laid_is_found(seed: int) -> None:
    manifest = Manifest()
    findings = _findings(generate(45, seed, fault_rate=0.06, manifest=manifest))
    found = {(one.check, subject) for one in findings for subject in (one.subject, *one.related)}
    missed = [
        fault
        for fault in manifest.faults
        if (fault["check"], fault["subject"].lower()) not in found
    ]
    assert missed == []


@pytest.mark.parametrize("form", ["array", "jsonl", "envelope"])
def test_files_hold_one_row_per_line(tmp_path: Path, form: str) -> None:
    target = tmp_path / "estate.json"
    _run("--spokes", "4", "--seed", "2", "--out", str(target), "--format", form)
    text = target.read_text(encoding="utf-8")
    expected = list(generate(4, seed=2))
    if form == "jsonl":
        found = [json.loads(line) for line in text.splitlines()]
    else:
        document = json.loads(text)
        found = document if form == "array" else document["rows"]
        assert len(text.splitlines()) == len(expected) + 2
    assert found == expected
    manifest = json.loads((tmp_path / "estate.json.manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == len(expected)


def test_files_may_be_packed(tmp_path: Path) -> None:
    target = tmp_path / "estate.json.zst"
    _run("--spokes", "2", "--seed", "2", "--out", str(target), "--zstd")
    packed = zstandard.ZstdDecompressor().decompressobj().decompress(target.read_bytes())
    assert json.loads(packed) == list(generate(2, seed=2))


def _findings(rows: Iterable[Row]) -> list[Finding]:
    """What the checks say about an estate of which everything was read."""
    topology = load_rows(rows, coverage=World().coverage)
    return list(Session(topology).findings().findings)


def _run(*arguments: str) -> None:
    command = [sys.executable, "-m", "tests.estates.generator", *arguments]
    root = Path(__file__).resolve().parents[2]
    subprocess.run(command, check=True, cwd=root)


def _typed_references(row: Row) -> list[str]:
    """The references of a row that lead to rows or subnets of the same estate."""
    properties = row["properties"]
    network = properties.get("network", {})
    found = [
        network.get("delegatedSubnetResourceId"),
        network.get("privateDnsZoneArmResourceId"),
        properties.get("virtualNetwork", {}).get("id"),
        properties.get("virtualMachine", {}).get("id"),
        properties.get("privateEndpoint", {}).get("id"),
    ]
    found += [
        subnet["properties"].get(key, {}).get("id")
        for subnet in properties.get("subnets", [])
        for key in ("networkSecurityGroup", "routeTable")
    ]
    found += [
        peering["properties"]["remoteVirtualNetwork"]["id"]
        for peering in properties.get("virtualNetworkPeerings", [])
    ]
    for configuration in properties.get("ipConfigurations", []):
        inner = configuration.get("properties", configuration)
        found.append(inner.get("subnet", {}).get("id"))
    return [one for one in found if one]
