"""A batch of mutants in a process of its own: it may crash, hang or swell without harm."""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from tests.fuzz.campaign import SECONDS, Outcome, tried

BATCH = 250
MEMORY = 2 << 30
"""Bytes of address space; textual and all modules take about a quarter of it."""
PATIENCE_S = 300
"""How long a mutant may take by the clock: others may have the machine."""
COUNTED = ("mutants", "opened", "traces", "lines", "screens", "cpu")


def apart(folder: Path) -> None:
    """Keep what is remembered of files away from the user's own."""
    for name in ("CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
    os.environ["PGTOPO_CONFIG"] = str(folder / "none.toml")


def warm_up(folder: Path) -> None:
    """Load every module before the first batch, which inherits them."""
    tried(0, folder, has_screen=True)
    gc.collect()
    gc.freeze()


def run(first: int, folder: Path, screens_every: int) -> dict[str, Any]:
    """Try a batch; what it came to."""
    made: dict[str, Any] = dict.fromkeys(COUNTED, 0)
    made |= {"first": first, "faults": [], "peak_mb": 0, "slowest": 0.0}
    begin = first
    while begin < first + BATCH:
        begin = _continue(made, range(begin, first + BATCH), folder, screens_every)
    return made


def _continue(made: dict[str, Any], numbers: range, folder: Path, screens_every: int) -> int:
    """Try mutants until the process ends; the number to go on with."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        _child(numbers, folder, screens_every, writes)
    os.close(writes)
    heard = numbers.start
    with os.fdopen(reads) as stream:
        for line in stream:
            told = json.loads(line)
            heard = told["number"] + 1
            _count(made, told)
    _, status = os.waitpid(child, 0)
    if status == 0:
        return numbers.stop
    made["mutants"] += 1
    made["faults"].append(f"mutant {heard}: the process ended with {status}")
    return heard + 1


def _count(made: dict[str, Any], told: dict[str, Any]) -> None:
    made["mutants"] += 1
    made["opened"] += told["is_open"]
    made["traces"] += told["traces"]
    made["lines"] += told["is_open"]
    made["screens"] += told["has_screen"]
    made["cpu"] += told["cpu"]
    made["peak_mb"] = max(made["peak_mb"], told["peak_mb"])
    made["slowest"] = max(made["slowest"], told["cpu"])
    if told["fault"]:
        made["faults"].append(f"mutant {told['number']}: {told['fault']}")


def _child(numbers: range, folder: Path, screens_every: int, writes: int) -> NoReturn:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _hangs)
    with (folder / "crashes.txt").open("a") as crashes, os.fdopen(writes, "w") as stream:
        for number in numbers:
            faulthandler.dump_traceback_later(PATIENCE_S, exit=True, file=crashes)
            has_screen = bool(screens_every) and number % screens_every == 0
            began = time.process_time()
            found = _one(number, folder, has_screen=has_screen)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            cpu = time.process_time() - began
            stream.write(json.dumps({**found._asdict(), "cpu": cpu, "peak_mb": peak}) + "\n")
            stream.flush()
        faulthandler.cancel_dump_traceback_later()
    sys.stdout.flush()
    os._exit(0)


def _one(number: int, folder: Path, *, has_screen: bool) -> Outcome:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return tried(number, folder, has_screen=has_screen)
    except TimeoutError as late:
        return Outcome(number, is_open=True, fault=str(late))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _hangs(*_: Any) -> None:
    raise TimeoutError(f"hangs: more than {SECONDS} s of CPU")
