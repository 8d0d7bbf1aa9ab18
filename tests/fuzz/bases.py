"""The estates that are damaged."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from tests.fuzz.mutants import Row
from tests.oracle.estates import random_estate

SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
_RANDOM = 40
_ROWS_OF_DEMO = 60


def base(chance: random.Random) -> list[Row]:
    """Rows of a sound or oddly built estate, a few dozen of them."""
    kind = chance.random()
    if kind < 0.6:
        return _random(chance.randrange(_RANDOM))
    if kind < 0.8:
        return chance.choice(_gallery())
    return _around_a_server(chance)


@cache
def _random(seed: int) -> list[Row]:
    return random_estate(seed).world.rows


@cache
def _gallery() -> list[list[Row]]:
    return [_rows(path) for path in sorted((SNAPSHOTS / "gallery").glob("*.json"))]


@cache
def _demo() -> list[Row]:
    return _rows(SNAPSHOTS / "contoso" / "snapshot.json")


def _around_a_server(chance: random.Random) -> list[Row]:
    """A piece of the demo: a server and rows in any relation to it, or in none."""
    rows = _demo()
    servers = [row for row in rows if row["type"].lower().endswith("/flexibleservers")]
    return [chance.choice(servers), *chance.sample(rows, _ROWS_OF_DEMO)]


def _rows(path: Path) -> list[Row]:
    found: list[Row] = json.loads(path.read_bytes())["rows"]
    return found
