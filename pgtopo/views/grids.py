"""The grids of an estate, worked out on demand outside the thread that paints."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pgtopo.views.detail import Work
from pgtopo.views.grid import Layout
from pgtopo.views.lines import Line
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.analysis.facts import Facts
    from pgtopo.views.grid import Grid
    from pgtopo.views.sieve import Sieve

AT_ONCE = 100_000
"""Cells up to which a grid is worked out whole when it is first shown."""
CHUNK_S = 0.4
"""How long rows are worked out before the screen is told how far that is."""
_CHUNK = 16


class Grids:
    """The grids made so far."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._made: dict[View, Grid] = {}
        self._layouts: dict[View, Layout] = {}

    def layout(self, view: View, sieve: Sieve) -> Layout:
        """How the grid of a screen is put together."""
        known = self._layouts.get(view, Layout())
        return known._replace(wanted=sieve.wanted, is_faults_only=sieve.is_faults_only)

    def rearrange(self, view: View, change: str) -> None:
        """Order by the worst or by name, turn round, or put equal rows together."""
        how = self._layouts.get(view, Layout())
        if change == "sort":
            how = how._replace(order=how.order.next)
        elif change == "collapse":
            how = how._replace(is_collapsed=not how.is_collapsed)
        else:
            how = how._replace(is_reversed=not how.is_reversed)
        self._layouts[view] = how

    def arranged_like(self, other: Grids) -> None:
        """Put grids together as others are."""
        self._layouts = dict(other._layouts)

    def get(self, view: View) -> Grid | None:
        """The grid of a screen; None where it is still to be worked out, or the screen has none."""
        return self._made.get(view)

    def work(self, view: View, sieve: Sieve, first: int, count: int) -> Work | None:
        """What has to be worked out to show a stretch of rows."""
        if not view.is_grid:
            return None
        layout = self.layout(view, sieve)
        grid = self._made.get(view)
        if grid is not None:
            grid.settle()
        if grid is None:
            return Work((view.name, "grid", ""), lambda: self._make(view, layout), is_page=False)
        missing = grid.missing(first, count)
        if missing:
            key = (view.name, "rows", f"{missing[0]}-{missing[-1]}-{len(missing)}")
            return Work(key, lambda: self._fill(grid, missing), is_page=False)
        if grid.waits_for_all:
            return Work((view.name, "all", ""), lambda: self._fill_more(grid), is_page=False)
        return None

    def _make(self, view: View, layout: Layout) -> tuple[Line, ...]:
        from pgtopo.views import grid, grid_source

        source = grid_source.reach if view is View.REACH else grid_source.names
        made = source(self._facts)
        made.lay(layout)
        if len(made.all_rows) * len(made.all_columns) <= AT_ONCE:
            made.work_out(range(len(made.all_rows)))
            made.lay(layout)
        else:
            made.work_out(tuple(made.rows[: grid.AHEAD]))
        self._made[view] = made
        return ()

    def _fill(self, grid: Grid, rows: tuple[int, ...]) -> tuple[Line, ...]:
        grid.work_out(rows)
        return ()

    def _fill_more(self, grid: Grid) -> tuple[Line, ...]:
        """Work out more rows for a while; the screen asks again until none is left."""
        end = time.monotonic() + CHUNK_S
        while time.monotonic() < end:
            rows = grid.unknown_rows(_CHUNK)
            grid.work_out(rows)
            if not grid.waits_for_all:
                break
        return ()
