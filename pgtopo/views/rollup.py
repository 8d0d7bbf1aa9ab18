"""What is said about each node of a tree, and about everything below it."""

from bisect import bisect_left

from pgtopo.views.forest import Forest, Role
from pgtopo.views.problems import Problems
from pgtopo.views.signs import Sign, Tally


class Rollup:
    """The own and the worst sign of every node, and tallies of distinct findings on demand."""

    def __init__(self, forest: Forest, problems: Problems) -> None:
        self.forest = forest
        self._problems = problems
        self.own: list[Sign] = [Sign.NONE] * len(forest)
        self._nodes: list[int] = []
        """Nodes something is said about, in reading order."""
        self._tallies: dict[int, Tally] = {}
        self._mark()
        self.worst: list[Sign] = list(self.own)
        self._roll()
        self.faults: list[int] = [at for at in self._nodes if self.own[at].is_fault]
        """Nodes with a fault of their own, in reading order."""

    def _mark(self) -> None:
        about = self._problems.about
        is_complete = self._problems.is_complete
        for at, node in enumerate(self.forest.nodes):
            if node.id in about:
                self.own[at] = self._problems.sign(node.id)
                self._nodes.append(at)
            if is_complete and node.role is Role.SERVER and self.own[at] > Sign.GOOD:
                self.own[at] = Sign.GOOD

    def _roll(self) -> None:
        parents, worst = self.forest.parents, self.worst
        for at in range(len(worst) - 1, 0, -1):
            parent = parents[at]
            if parent >= 0 and worst[at] < worst[parent]:
                worst[parent] = worst[at]
        if worst and self.forest.nodes[0].role is Role.ESTATE:
            worst[0] = min(worst)

    def tally(self, at: int) -> Tally:
        """The distinct findings about a node and everything below it."""
        known = self._tallies.get(at)
        if known is None:
            known = self._tallies[at] = self._problems.tally(self.indexes(at))
        return known

    def indexes(self, at: int) -> set[int]:
        """The places of the findings about a node and everything below it."""
        if self.forest.nodes[at].role is Role.ESTATE:
            return set(range(len(self._problems.all)))
        found: set[int] = set()
        start = bisect_left(self._nodes, at)
        end = bisect_left(self._nodes, at + self.forest.sizes[at], start)
        for place in range(start, end):
            found.update(self._problems.indexes(self.forest.nodes[self._nodes[place]].id))
        return found
