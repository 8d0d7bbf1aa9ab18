"""One opened estate as the interface looks at it: the data, the findings, trees and their signs."""

from itertools import islice
from typing import TYPE_CHECKING

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId
from pgtopo.views.forest import Forest, Node
from pgtopo.views.groupings import Grouping, grow
from pgtopo.views.labels import Label, label
from pgtopo.views.lines import Line
from pgtopo.views.problem_list import ProblemRow
from pgtopo.views.problems import Problems
from pgtopo.views.rollup import Rollup

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgtopo.checks.finding import Finding
    from pgtopo.model.base import Origin
    from pgtopo.views.workshop import Workshop


SMALL = 8_000
"""Resources up to which fixes are tried unasked: the first trial judges the whole estate again."""

PageKey = tuple[str, str, str]
"""Tab, and what the page is about."""


class Desk:
    """What every view is built from; trees are grown once and kept."""

    def __init__(
        self,
        facts: Facts,
        *,
        files: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        raw: "Callable[[Origin], object] | None" = None,
        workshop: "Workshop | None" = None,
    ) -> None:
        self.facts = facts
        self.topology = facts.topology
        self.files = files
        self.notes = notes
        self.raw = raw
        """Reads a row without its secrets; None where no rows are kept."""
        self.workshop = workshop
        """Tries changes on copies; None where no rows are kept."""
        self.tries_fixes = workshop is not None and self._is_small()
        """Whether fixes of what is selected are tried on copies without being asked for."""
        self.findings: dict[str, Finding] = {}
        """What the checks reported, by key."""
        self.pages: dict[PageKey, tuple[Line, ...]] = {}
        """Pages that took analysis or reading, by what they are about."""
        self.problems = Problems()
        self.problem_rows: tuple[ProblemRow, ...] = ()
        """The findings by cause, the worst first."""
        self._forests: dict[Grouping, Forest] = {}
        self._rollups: dict[Grouping, Rollup] = {}
        self._texts: dict[Grouping, list[str]] = {}

    def _is_small(self) -> bool:
        return sum(1 for _ in islice(self.topology.resources(), SMALL + 1)) <= SMALL

    def copy_of(self, facts: Facts) -> "Desk":
        """The desk of a changed copy of the estate; no changes are tried on that in turn."""
        return Desk(facts, files=self.files, notes=self.notes, raw=self.raw)

    def settle(
        self,
        problems: Problems,
        rollups: dict[Grouping, Rollup],
        rows: tuple[ProblemRow, ...],
        findings: "dict[str, Finding] | None" = None,
    ) -> None:
        """Take the findings in, with what was worked out of them."""
        self.problems = problems
        self.findings = findings or {}
        self.problem_rows = rows
        # A tree that was put into another order meanwhile gets its signs when it is looked at.
        current = self._forests
        self._rollups = {at: one for at, one in rollups.items() if current.get(at) is one.forest}

    def put(self, grouping: Grouping, forest: Forest, rollup: Rollup) -> None:
        """Take the same tree in another order, with its signs."""
        self._forests[grouping], self._rollups[grouping] = forest, rollup
        self._texts.pop(grouping, None)

    def forest(self, grouping: Grouping) -> Forest:
        """The tree of a grouping."""
        known = self._forests.get(grouping)
        if known is None:
            known = self._forests[grouping] = grow(self.topology, grouping)
        return known

    def rollup(self, grouping: Grouping) -> Rollup:
        """The signs of the tree of a grouping."""
        known = self._rollups.get(grouping)
        if known is None:
            known = self._rollups[grouping] = Rollup(self.forest(grouping), self.problems)
        return known

    def texts(self, grouping: Grouping) -> list[str]:
        """What words are looked for in, per node, in lower case."""
        known = self._texts.get(grouping)
        if known is None:
            nodes = self.forest(grouping).nodes
            known = self._texts[grouping] = [_text(self.label(node)) for node in nodes]
        return known

    def label(self, node: Node) -> Label:
        """The label of a node."""
        return label(self.topology, node)

    def spelled(self, arm_id: ArmId) -> str:
        """An id as Azure wrote it."""
        return self.topology.display(arm_id)


def _text(shown: Label) -> str:
    return f"{shown.word} {shown.name} {shown.note}".lower()
