"""No row, however damaged, stops a run, acts on the terminal, or shows a bug."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, written
from tests.thorough import some

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"
ODD: list[Any] = [
    *(None, "", [], {}, 0, -1, True, 3.5, 10**30, "x" * 50, "*", "10.0.0.0/8", "999.1.1.1/77"),
    *("\x1b[31m", "\u202e", "\ud800", ["a"], [None], [{}], {"id": None}, {"id": "x"}),
]
PATHS = (
    ("trace", "--from", "snet-app-portal", "--to", "psql-inventory-prod-weu"),
    ("trace", "--from", "onprem:192.168.0.0/17", "--to", "psql-orders-prod-weu"),
    ("trace", "--from", "internet", "--to", "psql-archive-prod-weu"),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place inside a row."""
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, one in inside:
        yield (*path, key)
        yield from places(one, (*path, key))


def damage(row: dict[str, Any], chance: random.Random) -> None:
    """Replace or remove something inside a row."""
    path = chance.choice(list(places(row)))
    holder: Any = row
    for key in path[:-1]:
        holder = holder[key]
    if chance.random() < 0.3:
        del holder[path[-1]]
    else:
        holder[path[-1]] = chance.choice(ODD)


def damaged(seed: int) -> Any:
    """The demo estate with a third of its rows damaged, with or without its coverage."""
    chance = random.Random(seed)
    snapshot = json.loads(CONTOSO.read_text())
    for row in snapshot["rows"]:
        if chance.random() < 0.3:
            damage(row, chance)
    return snapshot if seed % 2 else snapshot["rows"]


@pytest.mark.parametrize("seed", some(range(1, 5), 4))
def test_damaged_rows_stop_nothing(cli: Cli, tmp_path: Path, seed: int) -> None:
    path = written(tmp_path / "damaged.json", damaged(seed))
    kinds = ("servers", "subnets", "rules", "routes", "needs")
    lists = [("list", kind, path) for kind in kinds]
    asked = [("check", path), ("dns", path), ("matrix", path, "--summary"), *lists]
    asked += [(words[0], path, *words[1:]) for words in PATHS]
    for words in asked:
        for name in ("json", "text") if words[0] != "matrix" else ("json",):
            ran = cli(*words, "--format", name)
            assert ran.code in (0, 1, 2), (words, ran.err)
            assert "crashed" not in ran.err
            assert b"\x1b" not in ran.out
            assert "\u202e" not in ran.text
