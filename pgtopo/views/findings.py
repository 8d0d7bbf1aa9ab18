"""The list of findings on show: how it is put together, and which row is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.views import problem_list
from pgtopo.views.problem_list import Arrangement, ProblemRow
from pgtopo.views.search import problem_test
from pgtopo.views.sieve import Sieve

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.problems import Problem


class Findings:
    """Rows of findings, in an arrangement, as far as a sieve leaves them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.how = Arrangement()
        self.rows: tuple[ProblemRow, ...] = ()
        self.at = 0

    def list(self, sieve: Sieve) -> None:
        """Put the list together anew."""
        desk = self._desk
        if not sieve and self.how == Arrangement():
            self.rows = desk.problem_rows
        else:
            test = problem_test(desk, sieve.wanted, faults_only=sieve.is_faults_only)
            self.rows = problem_list.rows(desk.topology, desk.problems, self.how, test)
        self.at = min(self.at, max(0, len(self.rows) - 1))

    def rearrange(self, change: str) -> None:
        """Another bundling, order or direction; the list is to be put together after it."""
        how = self.how
        if change == "bundle":
            self.how = how._replace(bundle=how.bundle.next)
        elif change == "sort":
            self.how = how._replace(sorting=how.sorting.next)
        else:
            self.how = how._replace(is_reversed=not how.is_reversed)

    @property
    def row(self) -> ProblemRow | None:
        """The row under the cursor."""
        return self.rows[self.at] if self.rows else None

    def find(self, key: str) -> int | None:
        """Where a finding stands in the list."""
        for at, row in enumerate(self.rows):
            if row.problem is not None and row.problem.key == key:
                return at
        return None

    def next(self, step: int, *, every: bool) -> int | None:
        """The next fault, or finding, round and round; None where there is none."""
        found = [
            at
            for at, row in enumerate(self.rows)
            if row.problem is not None and (every or row.problem.is_fault)
        ]
        if not found:
            return None
        if step > 0:
            return next((at for at in found if at > self.at), found[0])
        return next((at for at in reversed(found) if at < self.at), found[-1])

    def bundle(self) -> tuple[Problem, ...]:
        """The findings below the bundle under the cursor."""
        found = []
        for row in self.rows[self.at + 1 :]:
            if row.problem is None or not row.indent:
                break
            found.append(row.problem)
        return tuple(found)

    @property
    def selected(self) -> Problem | None:
        """The finding under the cursor; of a bundle, its first."""
        row = self.row
        if row is None:
            return None
        return row.problem or next(iter(self.bundle()), None)

    @property
    def hidden(self) -> int:
        """How many findings a filter leaves out."""
        shown = sum(1 for row in self.rows if row.problem is not None)
        return len(self._desk.problems.all) - shown
