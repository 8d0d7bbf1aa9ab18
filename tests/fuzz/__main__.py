"""A long campaign: `python -m tests.fuzz --mutants 100000 --folder DIR`.

A batch of mutants has a process of its own, with bounded memory. What a batch came to is a line
of `batches.jsonl` in the folder; batches that are there are not tried again, so that a campaign
that was stopped goes on where it was. Files that broke something stay in the folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.fuzz import batch
from tests.fuzz.batch import BATCH

DONE = "batches.jsonl"


def main() -> int:
    """Try all mutants; report faults, the slowest, and memory."""
    arguments = _parser().parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    batch.apart(folder)
    done = _done(folder)
    batch.warm_up(folder)
    for first in range(arguments.first, arguments.first + arguments.mutants, BATCH):
        if first in done:
            continue
        made = batch.run(first, folder, arguments.screens_every)
        done[first] = made
        with (folder / DONE).open("a") as stream:
            stream.write(json.dumps(made) + "\n")
        for fault in made["faults"]:
            _say(fault)
    last = arguments.first + arguments.mutants
    counted = [made for first, made in done.items() if arguments.first <= first < last]
    _say(told(counted))
    return 1 if any(made["faults"] for made in counted) else 0


def told(batches: list[dict[str, Any]]) -> str:
    """What some batches came to, in one line."""
    total = {name: sum(made[name] for made in batches) for name in batch.COUNTED}
    faults = sum(len(made["faults"]) for made in batches)
    peak = max((made["peak_mb"] for made in batches), default=0)
    slowest = max((made["slowest"] for made in batches), default=0.0)
    return (
        f"{total['mutants']:,} mutants, {total['opened']:,} opened, {faults} faults;"
        f" {total['traces']:,} traces, {total['lines']:,} command lines,"
        f" {total['screens']:,} times the app itself;"
        f" {total['cpu']:,.0f} s of CPU, {slowest:.1f} s for the slowest, {peak} MB at most"
    )


def _done(folder: Path) -> dict[int, dict[str, Any]]:
    path = folder / DONE
    if not path.exists():
        return {}
    found = [json.loads(line) for line in path.read_text().splitlines()]
    return {made["first"]: made for made in found}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--screens-every", type=int, default=500, metavar="N")
    parser.add_argument("--folder", type=Path, default=Path(f"/tmp/pgtopo-fuzz-{os.getuid()}"))
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
