"""Puts the trees of an estate into another order, behind the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pgtopo.views.detail import Work
from pgtopo.views.rollup import Rollup
from pgtopo.views.tree_order import Order, Ordering, arranged

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.forest import Forest
    from pgtopo.views.groupings import Grouping
    from pgtopo.views.problems import Problems


class _State(NamedTuple):
    """An order, and the findings it rests on where it does."""

    how: Ordering = Ordering()
    problems: Problems | None = None


class Arranging:
    """The order that is wanted, and which trees stand in it already."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.how = Ordering()
        self._grown: dict[Grouping, Forest] = {}
        """The trees as they were grown."""
        self._done: dict[Grouping, _State] = {}
        self._ready: tuple[Grouping, _State, Forest, Rollup] | None = None

    def turn(self, change: str) -> None:
        """The next order, or the same one the other way round."""
        how = self.how
        if change == "sort":
            self.how = Ordering(how.order.next, how.is_reversed)
        else:
            self.how = how._replace(is_reversed=not how.is_reversed)

    @property
    def _wanted(self) -> _State:
        rests = self.how.order is Order.FAULTS
        return _State(self.how, self._desk.problems if rests else None)

    def work(self, grouping: Grouping) -> Work | None:
        """What has to be worked out before the tree of a grouping stands in the order wanted."""
        wanted = self._wanted
        if self._done.get(grouping, _State()) == wanted:
            return None
        key = ("ORDER", grouping.name, wanted.how.text)
        return Work(key, partial(self._arrange, grouping, wanted), is_page=False)

    def _arrange(self, grouping: Grouping, wanted: _State) -> tuple[()]:
        desk = self._desk
        grown = self._grown.setdefault(grouping, desk.forest(grouping))
        problems = desk.problems
        forest = arranged(desk.topology, grown, Rollup(grown, problems), wanted.how)
        self._ready = (grouping, wanted, forest, Rollup(forest, problems))
        return ()

    def take(self, grouping: Grouping) -> bool:
        """Put a tree that is worked out in place of the one on show; False where none is."""
        ready, self._ready = self._ready, None
        if ready is None or ready[0] is not grouping or ready[1] != self._wanted:
            return False
        _, self._done[grouping], forest, rollup = ready
        self._desk.put(grouping, forest, rollup)
        return True
