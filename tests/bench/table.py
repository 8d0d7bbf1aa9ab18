"""Results as Markdown."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Sequence
from statistics import linear_regression, median
from typing import Any, NamedTuple

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


class Measured(NamedTuple):
    """All that was measured of one estate."""

    estate: Estate
    runs: Runs
    inside: dict[str, Any]


def growth(names: Sequence[str], measured: Sequence[Measured]) -> list[str]:
    """How time and memory grow with the estate; an exponent of 1 is linear."""
    sizes = [one.estate.megabytes for one in measured]
    lines = [
        "## Growth",
        "",
        "| command | " + " | ".join(f"{size:.0f} MB" for size in sizes) + " | exponent |",
        "| --- | " + "---: | " * (len(sizes) + 1),
    ]
    spent = {name: [one.runs.cpu(name) for one in measured] for name in names}
    peaks = {f"{name}: memory": [one.runs.peak(name) for one in measured] for name in names}
    lines += [_grown(name, sizes, values, "{:.2f} s") for name, values in spent.items()]
    lines += [_grown(name, sizes, values, "{:.0f} MB") for name, values in peaks.items()]
    classes = [float(one.inside["matrix"]["classes"]) for one in measured]
    lines.append(_grown("matrix: classes", sizes, classes, "{:,.0f}"))
    seconds = [one.inside["matrix"]["seconds"] for one in measured]
    lines.append(_grown("matrix in an open estate", sizes, seconds, "{:.2f} s"))
    return [
        *lines,
        "",
        "CPU seconds of whole processes, start included; the exponent is that of the power of the"
        " file's size that fits best.",
        "",
    ]


def _grown(name: str, sizes: Sequence[float], values: Sequence[float], form: str) -> str:
    shown = " | ".join(form.format(one) for one in values)
    return f"| {name} | {shown} | {_exponent(sizes, values):.2f} |"


def _exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of the line through the logarithms that fits best."""
    if min(values) <= 0:
        return math.nan
    fitted = linear_regression([math.log(one) for one in sizes], [math.log(v) for v in values])
    return fitted.slope


def interface(measured: Sequence[tuple[str, str, Sequence[float], str]]) -> list[str]:
    """Times in a real terminal: what, floor or empty, milliseconds of each run, goal."""
    medians = {name: median(took) for name, _, took, _ in measured}
    lines = [
        "## In a terminal",
        "",
        "| what | median ms | worst ms | floor | times the floor | goal |",
        "| --- | ---: | ---: | --- | ---: | ---: |",
    ]
    for name, floor, took, goal in measured:
        ratio = f"{medians[name] / medians[floor]:.2f}" if floor else ""
        lines.append(
            f"| {name} | {medians[name]:.0f} | {max(took):.0f} | {floor} | {ratio} | {goal} |"
        )
    return [*lines, ""]
