"""The figures: what is run, against which floor, and what it should come to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench import floors

PGTOPO = [sys.executable, "-m", "pgtopo"]
FOUND = frozenset({0, 1})
"""`check` leaves with 1 where it finds faults."""


class Figure(NamedTuple):
    """One command against one floor."""

    name: str
    command: list[str]
    floor: str
    goal: float | None = None
    """At most so many times the floor."""
    memory_goal: float | None = None


def small(demo: Path) -> list[Figure]:
    """What a command costs that has nothing to do."""
    return [
        Figure("pgtopo --version", [*PGTOPO, "--version"], "nothing", 4.0),
        Figure(
            "pgtopo check, demo",
            [*PGTOPO, "check", str(demo), "--fixes", "none", "--format", "json"],
            "nothing",
            10.0,
        ),
    ]


_LOAD = """
import os, sys
from pgtopo.sources.load import load_files
held = load_files([sys.argv[1]])
os._exit(0)
"""


def load(path: Path) -> list[str]:
    """Opening a file and nothing else; a big estate is not taken apart again at the end."""
    return [sys.executable, "-c", _LOAD, str(path)]


def of_estate(plain: Path, packed: Path) -> list[Figure]:
    """What an estate of some size costs."""
    check = [*PGTOPO, "check", "--format", "json"]
    return [
        Figure("load", load(plain), "parse", 1.0),
        Figure("load, from .zst", load(packed), "load", 1.25),
        Figure("check --fixes none", [*check, str(plain), "--fixes", "none"], "parse", 2.5, 0.35),
        Figure("check --fixes causes", [*check, str(plain), "--fixes", "causes"], "parse", 4.0),
        Figure(
            "check --fixes none, from .zst",
            [*check, str(packed), "--fixes", "none"],
            "check --fixes none",
            1.25,
        ),
        Figure(
            "matrix --summary",
            [*PGTOPO, "matrix", str(plain), "--summary", "--format", "json"],
            "parse",
            2.0,
        ),
        Figure("DuckDB, seven questions", floors.database(plain), "parse"),
    ]
