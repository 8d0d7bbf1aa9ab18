"""How the interface behaves in a real terminal, against the least that Textual can do."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench import floors
from tests.bench.process import environment
from tests.tui.terminal import Terminal

PGTOPO = ("-m", "pgtopo")
_KEYS = 40
_PATIENCE_S = 30.0


class Timed(NamedTuple):
    """Milliseconds of several runs, as the table takes them."""

    name: str
    floor: str
    took: list[float]
    goal: str


def measured(path: Path, rounds: int) -> list[Timed]:
    """First frame, leaving, and keys while a file is read: all in the same run, in turn."""
    os.environ.clear()
    os.environ.update(environment())
    least, bare = "minimal Textual app", "pgtopo without a file"
    behind = f"pgtopo, {path.name} behind"
    programs = {least: (floors.minimal_interface(), []), bare: (PGTOPO, ["tui"])}
    programs[behind] = (PGTOPO, ["tui", str(path)])
    first: dict[str, list[float]] = {name: [] for name in programs}
    left: dict[str, list[float]] = {name: [] for name in programs}
    keys: list[float] = []
    for number in range(rounds + 1):
        for name, (program, arguments) in programs.items():
            shown, pressed, gone = _run(program, arguments, is_loading=name == behind)
            if number:
                first[name].append(shown)
                left[name].append(gone)
                keys += pressed
    floor_first, floor_left = f"first frame: {least}", f"leaving: {least}"
    found = [Timed(floor_first, "", first[least], "")]
    found += [Timed(f"first frame: {n}", floor_first, first[n], "1.3") for n in (bare, behind)]
    found.append(Timed(floor_left, "", left[least], ""))
    found += [Timed(f"leaving: {n}", floor_left, left[n], "1.1") for n in (bare, behind)]
    if keys:
        found.append(Timed("help opened while the file is read", "", keys, "50 (95 of 100)"))
        ordered = sorted(keys)
        found.append(Timed("the same, 95 of 100", "", [ordered[len(ordered) * 95 // 100]], ""))
    return found


def _run(
    program: tuple[str, str], arguments: list[str], *, is_loading: bool
) -> tuple[float, list[float], float]:
    """Milliseconds to the first frame, of keys while a file is read, and to leave."""
    began = time.perf_counter()
    terminal = Terminal(arguments, program=program)
    try:
        shown = terminal.frame(began, _PATIENCE_S)
        pressed = _keys(terminal) if is_loading else []
        if is_loading:
            terminal.until("servers")
            terminal.until(" faulty| at risk| fine")
        terminal.rest()
        began = time.perf_counter()
        terminal.send(b"q")
        while terminal.is_alive():
            terminal.read(0.005)
        return shown, pressed, (time.perf_counter() - began) * 1000
    finally:
        terminal.close()


def _keys(terminal: Terminal) -> list[float]:
    """Help opened again and again while the file is read.

    It is always an answer to the key; what is written besides tells how far the reading is.
    """
    took: list[float] = []
    terminal.until("MB")
    while len(took) < _KEYS and not _is_read(terminal):
        took.append(_answered(terminal, b"?", b"Help"))
        _answered(terminal, b"h", b"esc cancels")
    terminal.send(b"h")
    return took[:-1]


def _is_read(terminal: Terminal) -> bool:
    return re.search(rb"\d servers", terminal.seen) is not None


def _answered(terminal: Terminal, key: bytes, wanted: bytes) -> float:
    """Milliseconds until the screen shows what a key asks for, or the file is read."""
    while terminal.read(0.0):
        pass
    if _is_read(terminal):
        return 0.0
    terminal.seen = b""
    began = time.perf_counter()
    terminal.send(key)
    while wanted not in terminal.seen and not _is_read(terminal):
        terminal.read(0.2)
        if time.perf_counter() - began > _PATIENCE_S:
            break
    return (time.perf_counter() - began) * 1000
