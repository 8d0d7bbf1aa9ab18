"""No row, however damaged, stops a run, acts on the terminal, or shows a bug."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.fuzz.mutants import as_bytes, mutant
from tests.thorough import THOROUGH, some

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"
PATHS = (
    ("trace", "--from", "snet-app-portal", "--to", "psql-inventory-prod-weu"),
    ("trace", "--from", "onprem:192.168.0.0/17", "--to", "psql-orders-prod-weu"),
    ("trace", "--from", "internet", "--to", "psql-archive-prod-weu"),
)
KINDS = ("servers", "subnets", "rules", "routes", "needs")
SHARE = 12
"""Of so many rows that stand together, up to six things are wrong."""


def damaged(seed: int) -> bytes:
    """The demo estate with things wrong all over."""
    chance = random.Random(seed)
    rows = json.loads(CONTOSO.read_text())["rows"]
    parts = [mutant(rows[at : at + SHARE], chance) for at in range(0, len(rows), SHARE)]
    return as_bytes([row for part in parts for row in part], chance)


@pytest.mark.parametrize("seed", some(range(1, 5), 4))
def test_damaged_rows_stop_nothing(cli: Cli, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "damaged.json"
    path.write_bytes(damaged(seed))
    fixes = "causes" if THOROUGH else "none"
    asked = [("check", path, "--fixes", fixes), ("dns", path), ("matrix", path, "--summary")]
    asked += [("list", kind, path) for kind in KINDS]
    asked += [(words[0], path, *words[1:]) for words in PATHS]
    for words in asked:
        for name in ("json", "text") if words[0] != "matrix" else ("json",):
            ran = cli(*words, "--format", name)
            assert ran.code in (0, 1, 2), (words, ran.err)
            assert "crashed" not in ran.err
            assert b"\x1b" not in ran.out
            assert "\u202e" not in ran.text
