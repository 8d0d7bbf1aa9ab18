"""Measures and prints the table: `python -m tests.bench --help`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from pgtopo.session import demo_path
from tests.bench import estates, figures, floors, interface, table
from tests.bench.estates import Estate
from tests.bench.figures import FOUND, Figure
from tests.bench.process import Runs, environment
from tests.bench.table import Measured

FINE = frozenset({0})


def main() -> int:
    """Measure everything asked for and write it as Markdown."""
    arguments = _parser().parse_args()
    lines = ["# Measured", "", *table.heading(), *_small(arguments.rounds)]
    measured: list[Measured] = []
    for estate in _estates(arguments):
        found, text = _of_estate(estate, arguments.rounds)
        measured.append(found)
        lines += text
        _write("\n".join(lines), arguments.out, is_last=False)
    if measured:
        largest = measured[-1].estate.plain
        lines += table.interface(interface.measured(largest, arguments.rounds))
    if len(measured) > 1:
        names = ["parse", *(one.name for one in figures.of_estate(Path(), Path()))]
        lines += table.growth(names, measured)
    _write("\n".join(lines), arguments.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default="10,100,1000", help="spokes of the generated estates")
    parser.add_argument("--file", type=Path, help="measure this file instead of generated estates")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("-o", "--out", type=Path, help="write here instead of to the screen")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "pgtopo-bench",
        help="where generated estates are kept",
    )
    return parser


def _estates(arguments: argparse.Namespace) -> list[Estate]:
    if arguments.file:
        return [estates.given(arguments.file, arguments.folder)]
    return [estates.made(int(size), arguments.folder) for size in arguments.sizes.split(",")]


def _small(rounds: int) -> list[str]:
    found = figures.small(Path(demo_path()))
    runs = _runs({"nothing": floors.NOTHING}, found, max(rounds, 5))
    return table.processes("Start-up", found, runs)


def _of_estate(estate: Estate, rounds: int) -> tuple[Measured, list[str]]:
    found = figures.of_estate(estate.plain, estate.packed)
    below = {
        "read": floors.read(estate.plain),
        "parse": floors.parse(estate.plain),
        "json.load": floors.parse_slowly(estate.plain),
    }
    runs = _runs(below, found, rounds)
    title = f"{estate.plain.name}, {estate.megabytes:.0f} MB"
    inside = _inside(estate.plain)
    text = [*table.processes(title, found, runs), *table.inside(inside)]
    return Measured(estate, runs, inside), text


def _runs(below: dict[str, list[str]], found: list[Figure], rounds: int) -> Runs:
    commands = {name: (command, FINE) for name, command in below.items()}
    runs = Runs({**commands, **{one.name: (one.command, FOUND) for one in found}})
    runs.rounds(rounds)
    return runs


def _inside(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.inside", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, env=environment())
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _write(text: str, target: Path | None, *, is_last: bool = True) -> None:
    """Into the file what there is so far: a run takes long; on the screen everything at its end."""
    if target is None and is_last:
        sys.stdout.write(text + "\n")
    elif target is not None:
        target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
