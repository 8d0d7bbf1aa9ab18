"""An estate as the interface loads it: the views of every mutant, the app itself for some."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from pathlib import Path

from pgtopo.checks.finding import Finding
from pgtopo.session import Session
from pgtopo.views import state
from pgtopo.views.desk import Desk
from pgtopo.views.groupings import Grouping
from pgtopo.views.judgement import judge
from pgtopo.views.lines import Line, plain
from pgtopo.views.state import Tab, View
from pgtopo.views.workbench import Workbench

KEYS = ("down", "enter", "tab", "2", "down", "1", "slash", "p", "s", "enter", "5", "escape", "?")


class Stray(AssertionError):
    """Something that acts on a terminal is among what is shown."""


def load(session: Session, findings: Iterable[Finding], chance: random.Random) -> None:
    """What the interface makes of an estate before the first key, and one page of each screen.

    Raises:
        Stray: a text from data would act on the terminal.
    """
    raw = session.rows.shown if session.rows is not None else None
    desk = Desk(session.facts, files=("mutant.json",), notes=session.notes, raw=raw)
    bench = Workbench(desk)
    bench.settle(judge(desk, findings))
    for grouping in Grouping:
        desk.texts(grouping)
    _page_of_tree(bench, chance)
    _page_of_findings(bench, chance)
    _grid(bench, chance.choice((View.REACH, View.NAMES)))


def _page_of_tree(bench: Workbench, chance: random.Random) -> None:
    for _ in range(chance.randrange(3)):
        bench.regroup()
    node = chance.choice(bench.desk.forest(bench.grouping).nodes)
    bench.tree.select(node.id)
    bench.moved_in_tree()
    bench.state = state.on_tab(bench.state, chance.choice(list(Tab)))
    page = bench.page()
    _require_plain(page.work.make() if page.work else page.lines)


def _page_of_findings(bench: Workbench, chance: random.Random) -> None:
    bench.go(View.FINDINGS)
    if bench.findings.rows:
        bench.moved_in_problems(chance.randrange(len(bench.findings.rows)))
    page = bench.page()
    _require_plain(page.lines)
    bench.side()
    bench.status()


def _grid(bench: Workbench, view: View) -> None:
    bench.go(view)
    for _ in range(3):
        work = bench.grid_work(0, 40)
        if work is None:
            break
        work.make()
    bench.moved_in_grid()
    _require_plain(bench.page().lines)


def _require_plain(lines: tuple[Line, ...]) -> None:
    text = plain(lines)
    if not all(letter.isprintable() or letter == "\n" for letter in text):
        raise Stray(f"shown: {text[:500]!r}")


def play(path: Path) -> None:
    """Open a file in the app itself, in a terminal that is not there, and press some keys.

    Raises:
        Stray: a text from data would act on the terminal.
    """
    asyncio.run(_played(path))


async def _played(path: Path) -> None:
    from tests.tui.screen import opened, text_of

    async with opened(str(path), size=(100, 30), keys=KEYS, select=()) as (app, _):
        shown = text_of(app)
        if app.return_code is not None:
            raise Stray(f"left with {app.return_code}")
    if not all(letter.isprintable() or letter == "\n" for letter in shown):
        raise Stray(f"on the screen: {shown[:500]!r}")
