"""Which nodes of a tree are on show: what is open, what a filter keeps, where the cursor is."""

from collections.abc import Iterable

from pgtopo.views.forest import Forest


class Outline:
    """The visible rows of a forest, as indexes of its nodes in reading order."""

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self.rows: list[int] = []
        self.cursor = 0
        """Position in `rows`."""
        self._open: set[int] = set()
        self._kept: bytearray | None = None
        self._filter_open: set[int] = set()
        self.hits: list[int] = []
        """Nodes that fit the filter, in reading order."""
        self.version = 0
        """Grows with every change of the rows."""
        self._lay()

    # -- looking ------------------------------------------------------------------------------

    @property
    def node(self) -> int:
        """The node under the cursor; -1 where nothing is on show."""
        return self.rows[self.cursor] if self.rows else -1

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides nodes."""
        return self._kept is not None

    @property
    def hidden(self) -> int:
        """How many nodes the filter leaves out."""
        return self._kept.count(0) if self._kept is not None else 0

    def is_open(self, at: int) -> bool:
        """Whether the nodes below a node are on show."""
        return at in (self._filter_open if self._kept is not None else self._open)

    # -- moving -------------------------------------------------------------------------------

    def move(self, to: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        self.cursor = max(0, min(to, len(self.rows) - 1))

    def reveal(self, at: int) -> bool:
        """Open what hides a node and put the cursor on it; False where a filter leaves it out."""
        if self._kept is not None and not self._kept[at]:
            return False
        opened = self._filter_open if self._kept is not None else self._open
        above = self.forest.ancestors(at)
        if not opened.issuperset(above):
            opened.update(above)
            self._lay()
        self.cursor = self._position(at)
        return True

    def to_parent(self) -> None:
        """Put the cursor on the parent of the node under it."""
        parent = self.forest.parents[self.node] if self.rows else -1
        if parent >= 0:
            self.cursor = self._position(parent)

    def next_of(self, nodes: list[int], *, step: int) -> int | None:
        """The next of some nodes in reading order from the cursor, round and round."""
        if not nodes:
            return None
        from bisect import bisect_left, bisect_right

        here = self.node
        place = bisect_right(nodes, here) if step > 0 else bisect_left(nodes, here) - 1
        return nodes[place % len(nodes)]

    def _position(self, at: int) -> int:
        from bisect import bisect_left

        return min(bisect_left(self.rows, at), len(self.rows) - 1)

    # -- opening ------------------------------------------------------------------------------

    def toggle(self, position: int) -> None:
        """Open or close the node of a row."""
        at = self.rows[position]
        if self.is_open(at):
            self.close(position)
        else:
            self.open(position)

    def open(self, position: int) -> None:
        """Show what is below the node of a row."""
        at = self.rows[position]
        if not self.forest.has_children(at) or self.is_open(at):
            return
        (self._filter_open if self._kept is not None else self._open).add(at)
        inner = self._visible(at + 1, at + self.forest.sizes[at])
        self.rows[position + 1 : position + 1] = inner
        self.version += 1
        if self.cursor > position:
            self.cursor += len(inner)

    def close(self, position: int) -> None:
        """Hide what is below the node of a row."""
        at = self.rows[position]
        if not self.is_open(at):
            return
        (self._filter_open if self._kept is not None else self._open).discard(at)
        end = position + 1
        last = at + self.forest.sizes[at]
        from bisect import bisect_left

        end = bisect_left(self.rows, last, position + 1)
        del self.rows[position + 1 : end]
        self.version += 1
        if self.cursor >= end:
            self.cursor -= end - position - 1
        elif self.cursor > position:
            self.cursor = position

    def open_all(self, nodes: list[int]) -> None:
        """Open these nodes and everything above them."""
        for at in nodes:
            self._open.add(at)
            self._open.update(self.forest.ancestors(at))
        self._relay()

    @property
    def opened(self) -> frozenset[int]:
        """The open nodes, whatever a filter shows."""
        return frozenset(self._open)

    def open_only(self, nodes: Iterable[int]) -> None:
        """Open these nodes, and close all others."""
        self._open = set(nodes)
        self._relay()

    # -- filtering ----------------------------------------------------------------------------

    def filter(self, hits: list[int] | None, *, keeps_below: bool = True) -> None:
        """Keep only these nodes, given in reading order, with those above, or above and below."""
        here = self.node
        self.hits = hits or []
        if hits is None:
            self._kept = None
        else:
            self._keep(keeps_below=keeps_below)
        self._lay()
        self.cursor = 0
        if here >= 0 and (self._kept is None or self._kept[here]):
            self.reveal(here)
        elif self.hits:
            self.reveal(self.hits[0])

    def _keep(self, *, keeps_below: bool) -> None:
        forest = self.forest
        kept = bytearray(len(forest))
        opened: set[int] = set()
        done = 0
        for at in self.hits:
            end = at + (forest.sizes[at] if keeps_below else 1)
            if end > done:
                start = max(at, done)
                kept[start:end] = b"\x01" * (end - start)
                done = end
            up = forest.parents[at]
            while up >= 0 and up not in opened:
                opened.add(up)
                kept[up] = 1
                up = forest.parents[up]
        self._kept = kept
        self._filter_open = opened

    # -- laying out ---------------------------------------------------------------------------

    def _relay(self) -> None:
        here = self.node
        self._lay()
        self.cursor = self._position(here) if here >= 0 and self.rows else 0

    def _lay(self) -> None:
        self.rows = self._visible(0, len(self.forest))
        self.version += 1

    def _visible(self, start: int, end: int) -> list[int]:
        """The nodes on show in a range that begins with a node whose parent is open."""
        rows: list[int] = []
        sizes = self.forest.sizes
        kept = self._kept
        opened = self._filter_open if kept is not None else self._open
        at = start
        while at < end:
            if kept is not None and not kept[at]:
                at += sizes[at]
                continue
            rows.append(at)
            at += 1 if at in opened else sizes[at]
        return rows
