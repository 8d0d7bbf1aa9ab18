"""Makes the pictures of every view that README and help show, from the bundled demo estate.

Each view has one as SVG, and one as text in the page `pgtopo help views`. Run as
`python -m pgtopo.tui.screenshot --write`; a test fails where one is stale.
"""

import asyncio
import html
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from pgtopo import docs
from pgtopo.session import demo_path
from pgtopo.tui.app import PgtopoApp
from pgtopo.views.state import View

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZE = (100, 30)
TEXT_SIZE = (76, 22)
"""Narrow enough for a page of help in a terminal of 80 columns."""
VIEWS: dict[View, tuple[str, ...]] = {
    View.ESTATE: ("f", "n", "n"),
    View.FINDINGS: ("2",),
    View.REACH: ("3", "j", "l"),
    View.NAMES: ("4", "j"),
    View.MAP: ("5", "j", "l"),
    View.TRIAGE: ("3", "j", "T"),
    View.CHANGES: ("7", "j", "j", "j", "j", "j"),
}
"""The keys that lead from the picture before to the one of a view."""
PAGE = Path(docs.__path__[0]) / "views.md"
_SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
_EARLIER = _SNAPSHOTS / "healthy" / "snapshot.json"
"""What view 7 compares with."""
_STEP_S = 0.02
_PATIENCE_S = 60.0
_TEXT = re.compile(
    r'<text class="[^"]*" x="([\d.]+)" y="[\d.]+" textLength="[\d.]+" '
    r'clip-path="url\(#[^"]*-line-(\d+)\)">([^<]*)</text>'
)
_CELL = 12.2
_FENCE = re.compile(r"(?<=```text )(\w+)\n.*?\n(?=```)", re.DOTALL)


def path_of(name: str) -> Path:
    """Where a picture is kept."""
    return _SNAPSHOTS / "contoso" / f"{name}.svg"


async def pictures(sizes: Sequence[tuple[int, int]]) -> list[dict[str, str]]:
    """Every view of the demo estate at each of these sizes, as SVG, by its name."""
    app = PgtopoApp([demo_path()])
    made: list[dict[str, str]] = [{} for _ in sizes]
    async with app.run_test(size=sizes[0]) as pilot:
        await _until(pilot, lambda: bool(app.bench and app.bench.desk.problems.is_complete))
        for view, keys in VIEWS.items():
            if view is View.CHANGES:
                app.compare_with(str(_EARLIER))
                await _rest(app, pilot)
            for key in keys:
                await pilot.press(key)
                await _rest(app, pilot)
            for size, drawn in zip(sizes, made, strict=True):
                await _resize(app, pilot, size)
                drawn[view.name.lower()] = app.export_screenshot(title="pgtopo demo", simplify=True)
            await _resize(app, pilot, sizes[0])
    return made


async def _resize(app: PgtopoApp, pilot: "Pilot[None]", size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await _rest(app, pilot)
    app.note = ""
    app.paint()
    await _rest(app, pilot)


async def _rest(app: PgtopoApp, pilot: "Pilot[None]") -> None:
    await pilot.pause(_STEP_S)
    await _until(
        pilot,
        lambda: (
            app.rest is None
            and not app.background.is_busy
            and not app.grid_background.is_busy
            and app.comparing is None
        ),
    )
    await pilot.pause(_STEP_S)


async def _until(pilot: "Pilot[None]", holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the interface does not come to rest")
        await pilot.pause(_STEP_S)


def text_of(picture: str) -> str:
    """What stands on a picture, as lines of text."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for x, line, text in _TEXT.findall(picture):
        shown = html.unescape(text).replace("\xa0", " ")
        rows.setdefault(int(line), []).append((round(float(x) / _CELL), shown))
    lines = []
    for number in range(max(rows) + 1):
        line = ""
        for column, text in sorted(rows.get(number, [])):
            line += " " * (column - cell_len(line)) + text
        lines.append(line.rstrip())
    return "\n".join(lines)


def page(texts: dict[str, str]) -> str:
    """The page of help on views with these screens in it."""
    told = PAGE.read_text(encoding="utf-8")
    return _FENCE.sub(lambda found: f"{found[1]}\n{texts[found[1]]}\n", told)


def everything() -> dict[Path, str]:
    """Every file this makes, with what has to be in it."""
    drawn, small = asyncio.run(pictures((SIZE, TEXT_SIZE)))
    texts = {name: text_of(one) for name, one in small.items()}
    return {**{path_of(name): one for name, one in drawn.items()}, PAGE: page(texts)}


def main(arguments: list[str]) -> int:
    """Write the pictures, or say which are stale; returns the exit code."""
    stale = 0
    for path, made in everything().items():
        if "--write" in arguments:
            path.write_text(made, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != made:
            sys.stderr.write(f"stale: {path.name}\n")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
