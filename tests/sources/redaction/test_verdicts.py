"""Every check and every cell says of a redacted estate what it says of the estate.

`PGTOPO_REDACTION_ESTATES` asks for more random estates than the usual ones.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.estates.rows import Row
from tests.oracle.estates import random_estate
from tests.sources.redaction.comparing import renaming, said, twin
from tests.thorough import THOROUGH

SNAPSHOTS = Path(__file__).resolve().parents[3] / "snapshots"
BUNDLED = sorted(SNAPSHOTS.rglob("*.json"))
ESTATES = int(os.environ.get("PGTOPO_REDACTION_ESTATES", "50" if THOROUGH else "10"))
BATCH = 10


def assert_same(path: Path, folder: Path) -> int:
    """Compare a file with its redacted twin; how much was compared."""
    target, _ = twin(path, folder)
    findings, cells = said(path, renaming())
    findings_after, cells_after = said(target, None)
    assert findings_after == findings, path.name
    assert cells_after == cells, path.name
    return len(findings) + len(cells)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_bundled_snapshots(path: Path, tmp_path: Path) -> None:
    assert assert_same(path, tmp_path)


@pytest.mark.parametrize("first", range(0, ESTATES, BATCH))
def test_random_estates(first: int, tmp_path: Path) -> None:
    compared = 0
    for seed in range(first, first + BATCH):
        path = tmp_path / f"{seed}.json"
        path.write_text(json.dumps(random_estate(seed).world.snapshot()))
        compared += assert_same(path, tmp_path)
    assert compared > BATCH * 10


def broken_rows() -> list[Row]:
    """Rows as no reader wants them."""
    good: Row = {
        "id": "/subscriptions/0f0f0f0f-1111-2222-3333-444444444444/resourceGroups/rg-secret"
        "/providers/Microsoft.Network/virtualNetworks/vnet-secret",
        "name": "vnet-secret",
        "type": "microsoft.network/virtualnetworks",
        "properties": {"addressSpace": {"addressPrefixes": ["10.9.0.0/16", 7, "nonsense"]}},
    }
    return [
        good,
        {**good, "id": good["id"] + "-2", "properties": {"subnets": "none"}},
        {**good, "id": 12},
        {**good, "id": good["id"] + "-3", "properties": [1, "secret-word"]},
        {"name": "secret-without-id"},
        {**good, "id": good["id"] + "-4", "type": "microsoft.unknown/secretthings"},
    ]


@pytest.mark.parametrize("form", ["array", "value", "data", "lines", "snapshot"])
def test_damage_stays_damage(form: str, tmp_path: Path) -> None:
    rows = broken_rows()
    bodies = {
        "array": json.dumps(rows),
        "value": json.dumps({"value": rows, "nextLink": "https://example.test/secret-page"}),
        "data": json.dumps({"data": rows, "skip_token": "secret-token"}),
        "lines": "\n".join([*map(json.dumps, rows), "no json, secret-line"]),
        "snapshot": json.dumps({"format": "pgtopo.snapshot", "version": 1, "rows": rows}),
    }
    path = tmp_path / "broken.json"
    path.write_text(bodies[form])
    target, found = twin(path, tmp_path)
    assert found.left_out == 1
    assert b"secret" not in target.read_bytes()
    before, after = said(path, renaming()), said(target, None)
    assert before == after
