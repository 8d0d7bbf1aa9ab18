"""The grids of an estate, worked out on demand outside the thread that paints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.views.detail import Work
from pgtopo.views.filter import Filter
from pgtopo.views.lines import Line
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.analysis.facts import Facts
    from pgtopo.views.grid import Grid


class Grids:
    """The grids made so far."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._made: dict[View, Grid] = {}

    def get(self, view: View) -> Grid | None:
        """The grid of a screen; None where it is still to be worked out, or the screen has none."""
        return self._made.get(view)

    def work(self, view: View, wanted: Filter, first: int, count: int) -> Work | None:
        """What has to be worked out to show a stretch of rows."""
        if not view.is_grid:
            return None
        grid = self._made.get(view)
        if grid is None:
            return Work((view.name, "grid", ""), lambda: self._lay(view, wanted), is_page=False)
        missing = grid.missing(first, count)
        if not missing:
            return None
        key = (view.name, "rows", f"{missing[0]}-{missing[-1]}-{len(missing)}")
        return Work(key, lambda: self._fill(grid, missing), is_page=False)

    def _lay(self, view: View, wanted: Filter) -> tuple[Line, ...]:
        from pgtopo.views import grid

        made = grid.reach(self._facts) if view is View.REACH else grid.names(self._facts)
        made.filter(wanted)
        made.work_out(tuple(made.rows[: grid.AHEAD]))
        self._made[view] = made
        return ()

    def _fill(self, grid: Grid, rows: tuple[int, ...]) -> tuple[Line, ...]:
        grid.work_out(rows)
        return ()
