"""A long campaign: `python -m tests.fuzz --mutants 100000 --first 0 --folder DIR`."""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from tests.fuzz.campaign import SECONDS, Outcome, tried

FOLDER: Path


def main() -> int:
    """Try all mutants; report faults, the slowest, and memory."""
    arguments = _parser().parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    faults = opened = count = 0
    numbers = range(arguments.first, arguments.first + arguments.mutants)
    with Pool(arguments.processes, _prepare, (arguments.folder,), maxtasksperchild=500) as pool:
        for outcome in pool.imap_unordered(_one, numbers, chunksize=8):
            count += 1
            opened += outcome.is_open
            if outcome.fault:
                faults += 1
                _say(f"mutant {outcome.number}: {outcome.fault}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    _say(
        f"{count} mutants, {opened} opened, {faults} faults,"
        f" {time.monotonic() - began:.0f} s, {peak} MB at most"
    )
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/pgtopo-fuzz"))
    return parser


def _prepare(folder: Path) -> None:
    global FOLDER  # noqa: PLW0603  one per worker
    FOLDER = folder
    signal.signal(signal.SIGALRM, _hangs)


def _one(number: int) -> Outcome:
    signal.alarm(SECONDS)
    try:
        return tried(number, FOLDER)
    finally:
        signal.alarm(0)


def _hangs(*_: Any) -> None:
    raise TimeoutError(f"hangs: more than {SECONDS} s")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
