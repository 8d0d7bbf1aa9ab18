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
_RELATED = 24
_OTHERS = 6
_LARGEST = 60


def base(chance: random.Random) -> list[Row]:
    """Rows of a sound or faulty estate, a few or a few dozen of them."""
    kind = chance.random()
    if kind < 0.85:
        return chance.choice(_gallery())
    if kind < 0.92:
        return [*chance.choice(_gallery()), *chance.choice(_gallery())]
    if kind < 0.97:
        return _around_a_server(chance)
    return _random(chance.randrange(_RANDOM))


@cache
def _random(seed: int) -> list[Row]:
    return random_estate(seed).world.rows


@cache
def _gallery() -> list[list[Row]]:
    """The estates of the gallery one by one: each has subscriptions of its own."""
    found: dict[tuple[str, str], list[Row]] = {}
    for path in sorted((SNAPSHOTS / "gallery").glob("*.json")):
        for row in _rows(path):
            found.setdefault((path.name, _subscription(row)), []).append(row)
    return [rows for rows in found.values() if len(rows) <= _LARGEST]


def _subscription(row: Row) -> str:
    return f"{row['id']}//".lower().split("/")[2]


@cache
def _demo() -> list[Row]:
    return _rows(SNAPSHOTS / "contoso" / "snapshot.json")


@cache
def _demo_by_id() -> dict[str, Row]:
    return {row["id"].lower(): row for row in _demo()}


@cache
def _near(server: str) -> list[Row]:
    """A server of the demo, and what it and its neighbours name, the nearest first."""
    rows = _demo_by_id()
    found = {server: rows[server]}
    waiting = [server]
    while waiting and len(found) < _RELATED:
        named = json.dumps(rows[waiting.pop(0)]).lower().split('"')
        for text in named:
            one = _holder(text)
            if one and one not in found and len(found) < _RELATED:
                found[one] = rows[one]
                waiting.append(one)
    return list(found.values())


def _holder(text: str) -> str:
    """The row that a text names, or that holds what it names."""
    while text.count("/") > 4:
        if text in _demo_by_id():
            return text
        text = text.rpartition("/")[0]
    return ""


def _around_a_server(chance: random.Random) -> list[Row]:
    """A piece of the demo: a server, what is related to it, and a few rows that are not."""
    rows = _demo()
    near = _near(chance.choice(_servers()))
    return [*near, *chance.sample(rows, _OTHERS)]


def _rows(path: Path) -> list[Row]:
    found: list[Row] = json.loads(path.read_bytes())["rows"]
    return found


def small() -> list[Row]:
    """One estate that is always the same, a dozen rows of many kinds."""
    return _near(_servers()[0])


@cache
def _servers() -> list[str]:
    kind = "/flexibleservers"
    return [row["id"].lower() for row in _demo() if row["type"].lower().endswith(kind)]
