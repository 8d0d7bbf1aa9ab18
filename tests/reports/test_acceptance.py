"""The outputs for machines, read by programs that others wrote."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest

from pgtopo.cli.main import main
from tests.estates.writing import SNAPSHOTS

_SCHEMA = SNAPSHOTS.parent / ".ci" / "fetched" / "sarif-schema-2.1.0.json"
_ESTATES = [SNAPSHOTS / name for name in ("contoso/snapshot.json", "gallery/governance.json")]
_REASON = "tom & jerry <own> this"
"""The second has open questions, and faults that are suppressed."""
_each = pytest.mark.parametrize(
    "estate", _ESTATES, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def written(estate: Path, format_name: str, folder: Path) -> Path:
    """What `check` says of an estate, with one family suppressed and the rest in a baseline."""
    living_with = folder / "living-with.toml"
    living_with.write_text(
        f'[[suppress]]\ncheck = "governance"\nreason = "{_REASON}"\n'
        '[[suppress]]\ncheck = "PGT402"\nreason = "until spring"\nexpires = 2099-12-31\n'
    )
    path = folder / f"{estate.stem}.{format_name}"
    depth = "causes" if estate.parent.name == "gallery" else "none"
    words = ["check", str(estate), "--fixes", depth, "--fail-on", "never"]
    words += ["--suppressions", str(living_with), "--format", format_name, "-o", str(path)]
    assert main(words) == 0
    return path


@_each
def test_junit_is_counted_alike_by_another_reader(estate: Path, tmp_path: Path) -> None:
    document: dict[str, Any] = json.loads(written(estate, "json", tmp_path).read_bytes())
    read = junitparser.JUnitXml.fromfile(str(written(estate, "junit", tmp_path)))
    summary = document["summary"]
    faults = summary["error"] + summary["warning"] + summary["info"]
    assert read.tests == len(document["findings"])
    assert read.failures == faults
    assert read.skipped == summary["unknown"] + summary["suppressed"]
    assert read.errors == 0
    (suite,) = list(read)
    results = Counter(type(one).__name__ for case in suite for one in case.result)
    assert results["Failure"] == faults
    assert results["Skipped"] == read.skipped
    subjects = Counter(one["subject"] for one in document["findings"])
    assert Counter(case.name for case in suite) == subjects


@pytest.fixture(scope="module")
def validator() -> Any:
    """Judges documents by the schema that OASIS publishes."""
    if not _SCHEMA.exists():
        pytest.skip("needs the published schema, which .ci/run fetches")
    schema = json.loads(_SCHEMA.read_bytes())
    kind = jsonschema.validators.validator_for(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@pytest.mark.needs_program
@_each
def test_sarif_holds_the_published_schema(validator: Any, estate: Path, tmp_path: Path) -> None:
    document = json.loads(written(estate, "sarif", tmp_path).read_bytes())
    told = [f"{list(one.absolute_path)}: {one.message}" for one in validator.iter_errors(document)]
    assert told == []


@pytest.mark.needs_program
def test_the_schema_would_tell(validator: Any, tmp_path: Path) -> None:
    document = json.loads(written(_ESTATES[-1], "sarif", tmp_path).read_bytes())
    result = document["runs"][0]["results"][0]
    for key, value in (("level", "bad"), ("kind", 3), ("ruleIndex", -2), ("colour", "red")):
        document["runs"][0]["results"][0] = {**result, key: value}
        assert list(validator.iter_errors(document)), key


def test_sarif_tells_suppressed_findings(tmp_path: Path) -> None:
    (run,) = json.loads(written(_ESTATES[0], "sarif", tmp_path).read_bytes())["runs"]
    told = [one for one in run["results"] if one.get("suppressions")]
    assert {one["ruleId"][:4] for one in told} == {"PGT0"}
    assert told[0]["suppressions"][0]["justification"] == _REASON
    assert all(rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])
