"""How fast keys are answered in a real terminal, on a big estate.

    python -m tests.bench.keys estate.json

The interface runs in a pseudo-terminal of 120x40; after each key the time until its frame has been
written is taken. Figures are printed, none is asserted: they depend on the machine.
"""

import argparse
import sys
from collections.abc import Iterator
from statistics import median

from tests.tui.terminal import Terminal

DOWN, UP = b"j", b"k"
PAGES = [b"\x1b[6~"] * 5 + [b"\x1b[5~"] * 5


def figures(name: str, took: list[float]) -> str:
    """One line: how many keys, median, 95th percentile and the slowest."""
    ordered = sorted(one for one in took if one >= 0) or [0.0]
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return f"{name:<24}{len(ordered):>6}{median(ordered):>9.1f}{p95:>9.1f}{ordered[-1]:>9.1f}"


def say(text: str) -> None:
    """Print a line at once: a run takes minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def tours(terminal: Terminal, keys: int) -> Iterator[tuple[str, list[float]]]:
    """The keys of every screen, each with its times."""
    yield "tree: down", [terminal.press(DOWN) for _ in range(keys)]
    yield "tree: open, close", [terminal.press(b" ") for _ in range(keys)]
    yield "tree: page down", [terminal.press(key) for key in PAGES * (keys // 40)]
    yield "tree: next fault", [terminal.press(b"n") for _ in range(keys // 2)]
    terminal.press(b"/")
    typed = b"psql-1 spoke"
    times: list[float] = []
    while len(times) < keys:
        times += [terminal.press(bytes([letter])) for letter in typed]
        times += [terminal.press(b"\x7f") for _ in typed]
    yield "tree: filter", times
    terminal.press(b"\x1b")
    terminal.rest()
    yield "details: tabs", [terminal.press(b".") for _ in range(keys // 2)]
    terminal.press(b"2")
    terminal.rest()
    yield "findings: down", [terminal.press(DOWN) for _ in range(keys)]
    yield from grids(terminal, keys)
    yield from drawn(terminal, keys)


def grids(terminal: Terminal, keys: int) -> Iterator[tuple[str, list[float]]]:
    """The grid of reach: plain, sorted and collapsed."""
    terminal.press(b"3")
    terminal.until("→")
    terminal.rest()
    yield "reach: down", [terminal.press(DOWN) for _ in range(keys)]
    yield "reach: right", [terminal.press(b"l") for _ in range(keys)]
    yield "reach: page down", [terminal.press(key) for key in PAGES * (keys // 40)]
    terminal.press(b"s")
    yield "reach: while all is made", [terminal.press(key) for key in [DOWN, UP] * (keys // 4)]
    terminal.until("worst first")
    terminal.rest()
    yield "reach: collapse", [terminal.press(b"v") for _ in range(keys // 4)]
    yield "reach: sorted, down", [terminal.press(DOWN) for _ in range(keys)]
    terminal.press(b"/")
    times: list[float] = []
    while len(times) < keys:
        times += [terminal.press(bytes([letter])) for letter in b"snet-app to:1"]
        times += [terminal.press(b"\x7f") for _ in range(13)]
    yield "reach: filter", times
    terminal.press(b"\x1b")


def drawn(terminal: Terminal, keys: int) -> Iterator[tuple[str, list[float]]]:
    """The map: among hubs, around one network and back, with a hub opened, filtered."""
    terminal.press(b"5")
    terminal.until("hubs")
    terminal.rest()
    yield "map: move", [terminal.press(key) for key in [DOWN, UP] * (keys // 2)]
    yield "map: around, back", [terminal.press(b"v") for _ in range(keys // 2)]
    yield "map: open a hub, close", [terminal.press(b" ") for _ in range(keys // 4)]
    terminal.press(b" ")
    yield "map: next fault", [terminal.press(b"n") for _ in range(keys // 2)]
    terminal.press(b"/")
    times: list[float] = []
    while len(times) < keys:
        times += [terminal.press(bytes([letter])) for letter in b"spoke-01 pg"]
        times += [terminal.press(b"\x7f") for _ in range(11)]
    yield "map: filter", times
    terminal.press(b"\x1b")


def main() -> int:
    """Measure one file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--keys", type=int, default=200)
    options = parser.parse_args()
    terminal = Terminal([options.file])
    try:
        opened = terminal.until("servers")
        say(f"shown after {opened:.1f} s, {terminal.memory()[1]} MB at most")
        checked = terminal.until(" faulty| at risk| fine")
        say(f"checked {checked:.1f} s later, {terminal.memory()[1]} MB at most")
        terminal.rest()
        say(f"{'':<24}{'keys':>6}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
        for name, took in tours(terminal, options.keys):
            say(figures(name, took))
        held, most = terminal.memory()
        say(f"memory {held} MB, {most} MB at most")
    finally:
        terminal.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
