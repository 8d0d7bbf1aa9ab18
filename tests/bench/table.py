"""Results as Markdown."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Sequence
from typing import Any

from tests.bench.estates import Estate
from tests.bench.figures import Figure
from tests.bench.process import Runs


def heading() -> list[str]:
    """Where and when this was measured, as far as it matters."""
    load = os.getloadavg()[0]
    return [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start."
        " Ratios are medians over rounds; compare them within a table only.",
        "",
    ]


def processes(title: str, figures: Sequence[Figure], runs: Runs) -> list[str]:
    """Whole processes: time and memory, and how they stand to their floors."""
    lines = [
        f"## {title}",
        "",
        "| command | s | CPU s | peak MB | floor | times the floor (CPU) | of its memory | goal |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    named = {figure.name for figure in figures}
    lines += [
        f"| *{floor}* | {runs.wall(floor):.2f} | {runs.cpu(floor):.2f}"
        f" | {runs.peak(floor):.0f} | | | | |"
        for floor in runs.spent
        if floor not in named
    ]
    lines += [_row(figure, runs) for figure in figures]
    return [*lines, ""]


def _row(figure: Figure, runs: Runs) -> str:
    name, floor = figure.name, figure.floor
    ratio = f"{runs.ratio(name, floor):.2f} ({runs.cpu_ratio(name, floor):.2f})"
    memory = runs.peak(name) / runs.peak(floor)
    goals = [f"{figure.goal:g}"] if figure.goal else []
    goals += [f"memory {figure.memory_goal:g}"] if figure.memory_goal else []
    return (
        f"| {name} | {runs.wall(name):.2f} | {runs.cpu(name):.2f} | {runs.peak(name):.0f}"
        f" | {floor} | {ratio} | {memory:.2f} | {', '.join(goals)} |"
    )


def inside(found: dict[str, Any]) -> list[str]:
    """Questions to an open estate."""
    traces, matrix = found["traces"], found["matrix"]
    return [
        "| asked of an open estate | | goal |",
        "| --- | ---: | ---: |",
        f"| opening it, s | {found['load']:.2f} | |",
        f"| the first trace, ms | {traces.get('first', 0):.1f} | |",
        f"| one trace, median, ms | {traces.get('median', 0):.1f} | 5 |",
        f"| one trace, worst, ms | {traces.get('worst', 0):.1f} | |",
        f"| one server against all clients, ms | {found['one_server']:.0f} | 100 |",
        f"| matrix: {matrix['pairs']:,} pairs, {matrix['classes']:,} classes, s"
        f" | {matrix['seconds']:.2f} | |",
        f"| matrix, pairs/s | {matrix['pairs_per_second']:,.0f} | 5,000,000 |",
        "",
    ]


def growth(names: Sequence[str], measured: Sequence[tuple[Estate, Runs]]) -> list[str]:
    """How time and memory grow with the estate; an exponent of 1 is linear."""
    sizes = [estate.megabytes for estate, _ in measured]
    lines = [
        "## Growth",
        "",
        "| command | " + " | ".join(f"{size:.0f} MB" for size in sizes) + " | exponent |",
        "| --- | " + "---: | " * (len(sizes) + 1),
    ]
    for name in names:
        spent = [runs.cpu(name) for _, runs in measured]
        slope = math.log(spent[-1] / spent[0]) / math.log(sizes[-1] / sizes[0])
        shown = " | ".join(f"{one:.2f} s" for one in spent)
        lines.append(f"| {name} | {shown} | {slope:.2f} |")
    return [
        *lines,
        "",
        "CPU seconds; the exponent is over the whole span, of time in megabytes.",
        "",
    ]
