"""Runs the app in a terminal that is not there, and reads its screen as plain text."""

import asyncio
import html
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from pgtopo.session import open_files
from pgtopo.tui import app as front
from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.opening import Judged, Opened
from pgtopo.views.desk import Desk
from pgtopo.views.judgement import Judgement, judge
from tests.tui.idle import idle, install, is_drawn

GOLDEN = Path(__file__).parent / "golden"
SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
CONTOSO = str(SNAPSHOTS / "contoso" / "snapshot.json")
HEALTHY = str(SNAPSHOTS / "healthy" / "snapshot.json")

SELECT = ("PGT101", "PGT107", "PGT501", "PGT604", "PGT801", "PGT811", "PGT901")
"""The checks that run where screens are compared, so that new checks change no screen."""

PATIENCE_S = 60.0
"""How long a test waits before it says that something hangs."""

front.REST_S = 1 / 200
"""Details follow the cursor once no key has come for a while: there is nothing to wait for here."""
install()

LOOK_S = 0.002
"""How soon a test looks again whether what it waits for has come; later where it takes long."""

_TEXT = re.compile(
    r'<text class="[^"]*" x="([\d.]+)" y="[\d.]+" textLength="[\d.]+" '
    r'clip-path="url\(#[^"]*-line-(\d+)\)">([^<]*)</text>'
)
_CELL = 12.2


def text_of(app: PgtopoApp) -> str:
    """The screen as lines of text."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for x, line, text in _TEXT.findall(app.export_screenshot(simplify=True)):
        shown = html.unescape(text).replace("\xa0", " ")
        rows.setdefault(int(line), []).append((round(float(x) / _CELL), shown))
    lines = []
    for number in range(app.size.height):
        line = ""
        for column, text in sorted(rows.get(number, [])):
            line += " " * (column - cell_len(line)) + text
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


@cache
def demo() -> tuple[Desk, Judgement]:
    """The demo estate with its findings, read once for all tests that only press keys."""
    session = open_files([CONTOSO])
    rows = session.rows
    raw = rows.shown if rows else None
    desk = Desk(session.facts, files=("demo.json",), raw=raw, workshop=session)
    return desk, judge(desk, session.findings(SELECT).findings)


@asynccontextmanager
async def on_demo(
    *keys: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[PgtopoApp, Pilot[None]]]:
    """The app with the demo estate already read, and some keys pressed."""
    app = PgtopoApp()
    desk, judgement = demo()
    async with app.run_test(size=size) as pilot:
        app.post_message(Opened(desk))
        app.post_message(Judged(desk, judgement, ""))
        await rested(app, pilot)
        await pressed(app, pilot, *keys)
        yield app, pilot


@asynccontextmanager
async def opened(
    *files: str,
    size: tuple[int, int] = (120, 40),
    keys: Sequence[str] = (),
    select: Sequence[str] = SELECT,
    is_ascii: bool = False,
    theme: str = "",
) -> AsyncIterator[tuple[PgtopoApp, Pilot[None]]]:
    """The app with these files open, the checks run, and some keys pressed."""
    app = PgtopoApp(files, select=select, is_ascii=is_ascii, theme=theme)
    async with app.run_test(size=size) as pilot:
        if files:
            await settled(app, pilot)
        await pressed(app, pilot, *keys)
        yield app, pilot


async def pressed(app: PgtopoApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys one by one, each on the grid that the one before has asked for."""
    for key in keys:
        await pilot.press(key)
        if app.grid_background.is_busy or app.front_list().is_waiting:
            await rested(app, pilot)
    await rested(app, pilot)


async def settled(app: PgtopoApp, pilot: Pilot[None]) -> None:
    """Wait until the files are read and the checks have run, or that failed."""
    await until(pilot, lambda: app.opening is not None and not app.opening.is_running)
    await rested(app, pilot)


async def rested(app: PgtopoApp, pilot: Pilot[None]) -> None:
    """Wait until the details have followed the cursor."""

    def is_at_rest() -> bool:
        is_busy = app.background.is_busy or app.grid_background.is_busy
        return app.rest is None and not is_busy and is_drawn(app)

    await pilot.pause()
    await until(pilot, is_at_rest)
    # A page that was made just now may only have set off that the screen follows.
    while not is_at_rest():
        await until(pilot, is_at_rest)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds, and what came with it has been handled."""
    end = time.monotonic() + PATIENCE_S
    step = LOOK_S
    while not holds():
        assert time.monotonic() < end, f"the interface does not come to rest: {_doing(pilot)}"
        await asyncio.sleep(step)
        await idle()
        step = min(1.5 * step, 10 * LOOK_S)
    await pilot.pause()


def _doing(pilot: Pilot[None]) -> str:
    """What an interface that should rest is about."""
    app = pilot.app
    assert isinstance(app, PgtopoApp)
    busy = {one: vars(app)[one].is_busy for one in ("background", "grid_background")}
    return f"timer {app.rest}, {busy}, drawn {is_drawn(app)}, bench {app.bench}"


def compare(name: str, text: str) -> None:
    """Compare with a golden screen; `PGTOPO_UPDATE_GOLDENS=1` writes it instead."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("PGTOPO_UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing: run with PGTOPO_UPDATE_GOLDENS=1"
    assert text == path.read_text(encoding="utf-8"), f"{name} changed: PGTOPO_UPDATE_GOLDENS=1"
