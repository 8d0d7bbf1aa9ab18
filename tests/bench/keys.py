"""How fast keys are answered in a real terminal, on a big estate.

    python -m tests.bench.keys estate.json

The interface runs in a pseudo-terminal of 120x40. After each key the time until its frame has been
written is taken, and how long the thread that paints was at work until then, and in all, which
other programs on the machine disturb less. Figures are printed, none is asserted: they depend on
the machine.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.tui.terminal import QUIET_S, Terminal

DOWN, UP = b"j", b"k"
ESCAPE, RUB_OUT = b"\x1b", b"\x7f"
PAGES = [b"\x1b[6~"] * 5 + [b"\x1b[5~"] * 5
SHOWN = r"\d servers"
"""What the status line says of an estate."""
JUDGED = " faulty| at risk| fine"
"""What the status line says once the checks have run."""
MINIMAL = """
import textual.app, textual.widgets

class Minimal(textual.app.App[None]):
    BINDINGS = [("q", "quit")]

    def compose(self):
        yield textual.widgets.Static("here")

Minimal().run()
"""
"""The least a Textual program can be."""


class Took(NamedTuple):
    """What one key took, in milliseconds."""

    shown: float
    """Until its frame was written; less than nothing where nothing changed on the screen."""
    frame: float
    """At work in the thread that paints until then."""
    work: float
    """The same with what followed the frame."""


class Spent(NamedTuple):
    """What the interface spent so far, in milliseconds."""

    painting: float
    """In the thread that paints."""
    everywhere: float
    """In all threads."""


class Keys:
    """Presses keys, and keeps what they took."""

    def __init__(self, terminal: Terminal, count: int) -> None:
        self.terminal = terminal
        self.count = count

    def spent(self) -> Spent:
        """What the interface spent so far."""
        process = Path(f"/proc/{self.terminal.pid}")
        painting = int(process.joinpath("schedstat").read_text().split()[0]) / 1e6
        fields = process.joinpath("stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        return Spent(painting, ticks * 1000 / os.sysconf("SC_CLK_TCK"))

    def press(self, key: bytes) -> Took:
        """Press a key and wait until nothing follows."""
        terminal = self.terminal
        while terminal.read(0.0):
            pass
        before, began = self.spent().painting, time.perf_counter()
        terminal.send(key)
        shown = terminal.frame(began)
        frame = self.spent().painting - before
        while shown >= 0 and terminal.read(QUIET_S):
            pass
        return Took(shown, frame, self.spent().painting - before)

    def measure(self, name: str, keys: Iterable[bytes]) -> None:
        """Press keys one after the other, and print what they took."""
        before = self.spent().everywhere
        took = [self.press(key) for key in keys]
        say(figures(name, took, self.spent().everywhere - before))

    def type(self, name: str, text: str) -> None:
        """Type a filter and take it back, letter by letter, again and again."""
        self.terminal.press(b"/")
        typed = [letter.encode() for letter in text]
        turn = [*typed, *[RUB_OUT] * len(typed)]
        self.measure(name, turn * max(1, self.count // len(turn)))
        self.terminal.press(ESCAPE)
        self.terminal.rest()


def centiles(values: Iterable[float]) -> tuple[float, float, float]:
    """Median, 95th percentile and the greatest."""
    ordered = sorted(values) or [0.0]
    return median(ordered), ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)], ordered[-1]


def figures(name: str, took: list[Took], everywhere: float) -> str:
    """One line: how many keys changed the screen, how fast, and how much work they were."""
    shown = [one for one in took if one.shown >= 0]
    times = "".join(f"{one:>9.1f}" for one in centiles(one.shown for one in shown))
    times += "".join(f"{one:>9.1f}" for one in centiles(one.frame for one in shown))
    work = centiles(one.work for one in took)[0]
    return f"{name:<28}{len(shown):>5}{times}{work:>9.1f}{everywhere / max(1, len(took)):>9.1f}"


HEAD = f"{'':<28}{'keys':>5}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}" + (
    f"{'work p50':>9}{'p95':>9}{'max':>9}{'in all':>9}{'threads':>9}"
)


def say(text: str) -> None:
    """Print a line at once: a run takes minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


# -- screens --------------------------------------------------------------------------------------


def tree(keys: Keys) -> None:
    """The estate as a tree, and the details of what is selected."""
    count = keys.count
    keys.measure("tree: down", [DOWN] * count)
    keys.measure("tree: open, close", [b" "] * count)
    keys.measure("tree: page down", PAGES * (count // 10))
    keys.measure("tree: next fault", [b"n"] * count)
    keys.type("tree: filter", "psql-1 spoke")
    keys.measure("details: tabs", [b"."] * count)


def findings(keys: Keys) -> None:
    """The list of findings."""
    keys.terminal.press(b"2")
    keys.terminal.rest()
    keys.measure("findings: down", [DOWN] * keys.count)
    keys.type("findings: filter", "zone spoke-1")


def reach(keys: Keys) -> None:
    """The grid of reach: plain, sorted and collapsed."""
    terminal, count = keys.terminal, keys.count
    terminal.press(b"3")
    terminal.until("→")
    terminal.rest()
    keys.measure("reach: down", [DOWN] * count)
    keys.measure("reach: right", [b"l"] * count)
    keys.measure("reach: page down", PAGES * (count // 10))
    terminal.press(b"s")
    keys.measure("reach: while all is made", [DOWN, UP] * (count // 4))
    terminal.until("worst first")
    terminal.rest()
    keys.measure("reach: collapse", [b"v"] * count)
    keys.measure("reach: sorted, down", [DOWN] * count)
    keys.type("reach: filter", "snet-app to:1")


def drawn(keys: Keys) -> None:
    """The map: among hubs, around one network and back, with a hub opened, filtered."""
    terminal, count = keys.terminal, keys.count
    terminal.press(b"5")
    terminal.until("hubs")
    terminal.rest()
    terminal.press(b"g")
    terminal.press(DOWN)
    keys.measure("map: move", [DOWN, UP] * (count // 2))
    keys.measure("map: around, back", [b"v"] * count)
    keys.measure("map: open a hub, close", [b" "] * count)
    terminal.press(b" ")
    keys.measure("map: next fault", [b"n"] * count)
    keys.type("map: filter", "spoke-01 pg")


SCREENS: dict[str, Callable[[Keys], None]] = {
    "tree": tree,
    "findings": findings,
    "reach": reach,
    "map": drawn,
}


# -- before all is there --------------------------------------------------------------------------


def loading(keys: Keys) -> None:
    """Help opened and closed while the file is read, then the tree while the checks run."""
    terminal = keys.terminal

    def while_missing(wanted: str, turn: list[bytes]) -> Iterator[bytes]:
        while not re.search(wanted.encode(), terminal.seen) and terminal.is_alive():
            yield from turn

    terminal.until("MB")
    keys.measure("while reading: help", while_missing(SHOWN, [b"?", b"h"]))
    terminal.press(b"h")
    terminal.until(SHOWN)
    say(told(f"shown, {terminal.memory()[1]} MB at most", keys.spent()))
    terminal.press(DOWN)
    keys.measure("while checks run: down", [DOWN, UP] * (keys.count // 2))
    keys.measure("while checks run: open", [b" "] * keys.count)
    keys.type("while checks run: filter", "psql-1 spoke")


def told(text: str, spent: Spent) -> str:
    """A stage with what was spent up to it."""
    return f"{text}, {spent.everywhere / 1000:.1f} s of CPU"


def opened(keys: Keys) -> None:
    """Wait until the estate is on the screen and the checks have run."""
    terminal = keys.terminal
    began = time.monotonic()
    terminal.until(SHOWN)
    took = time.monotonic() - began
    say(told(f"shown after {took:.1f} s, {terminal.memory()[1]} MB at most", keys.spent()))
    terminal.until(JUDGED)
    took = time.monotonic() - began
    say(told(f"checked after {took:.1f} s, {terminal.memory()[1]} MB at most", keys.spent()))
    terminal.rest()


def start(file: str, rounds: int = 5) -> None:
    """First frame and leaving, beside those of the least Textual program there is."""
    firsts: list[tuple[float, float]] = []
    for _ in range(rounds):
        least, ours = Terminal([], program=("-c", MINIMAL)), 0.0
        minimal = least.frame(time.perf_counter(), 30.0)
        least.close()
        pgtopo = Terminal([])
        ours = pgtopo.frame(time.perf_counter(), 30.0)
        pgtopo.close()
        firsts.append((minimal, ours))
    say(_beside("first frame", firsts))
    leaving: list[tuple[float, float]] = []
    loaded = Terminal([file])
    loaded.until(JUDGED)
    loaded.rest()
    for at in range(rounds):
        least = Terminal([], program=("-c", MINIMAL))
        least.frame(time.perf_counter(), 30.0)
        least.rest()
        leaving.append((_left(least), _left(loaded) if not at else leaving[0][1]))
    say(_beside("leaving", leaving))


def _left(terminal: Terminal) -> float:
    """The milliseconds from the key that leaves until the process is gone."""
    began = time.perf_counter()
    terminal.send(b"q")
    while terminal.is_alive():
        terminal.read(0.001)
    return (time.perf_counter() - began) * 1000


def _beside(name: str, pairs: list[tuple[float, float]]) -> str:
    minimal, ours = (median(times) for times in zip(*pairs, strict=True))
    return f"{name:<28}{ours:.0f} ms, the least there is {minimal:.0f} ms: {ours / minimal:.2f}"


@contextmanager
def begun(file: str, count: int) -> Iterator[Keys]:
    """The interface on a file, until it is done with."""
    terminal = Terminal([file])
    try:
        yield Keys(terminal, count)
    finally:
        terminal.close()


def main() -> int:
    """Measure one file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--keys", type=int, default=200)
    every = ["start", "loading", *SCREENS]
    parser.add_argument("--only", default=",".join(every), help=f"some of {', '.join(every)}")
    options = parser.parse_args()
    wanted = options.only.split(",")
    say(f"load {os.getloadavg()[0]:.1f}")
    if "start" in wanted:
        start(options.file)
    if "loading" in wanted:
        with begun(options.file, options.keys) as keys:
            say(HEAD)
            loading(keys)
    screens = [SCREENS[name] for name in wanted if name in SCREENS]
    if screens:
        with begun(options.file, options.keys) as keys:
            opened(keys)
            say(HEAD)
            for screen in screens:
                screen(keys)
                held, most = keys.terminal.memory()
                say(f"{'':<28}{held} MB, {most} MB at most, load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
