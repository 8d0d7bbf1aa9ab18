"""The rows of the estate tree, made when they are shown."""

from pgtopo.model.ids import ArmId, subscription_of
from pgtopo.model.topology import Topology
from pgtopo.views.desk import Desk
from pgtopo.views.forest import Node, Role
from pgtopo.views.groupings import Grouping
from pgtopo.views.literal import printable
from pgtopo.views.outline import Outline
from pgtopo.views.signs import NOTHING, Sign
from pgtopo.views.tree_row import Fold, TreeRow

OPENS_AT_FIRST = 120
"""Rows up to which a tree starts with everything open that holds a server."""


class Tree:
    """One grouping of an estate with its outline; gives rows to paint."""

    def __init__(self, desk: Desk, grouping: Grouping) -> None:
        self.desk = desk
        self.grouping = grouping
        self.forest = desk.forest(grouping)
        self.outline = Outline(self.forest)
        self._hits: frozenset[int] = frozenset()
        self._open_at_first()

    def _open_at_first(self) -> None:
        """Show the servers where that fits on a screen or two."""
        opened: set[int] = set()
        for at, node in enumerate(self.forest.nodes):
            if self.grouping is Grouping.SERVER:
                if node.depth < 2 and node.id and self.forest.has_children(at):
                    opened.add(at)
            elif node.role is Role.SERVER:
                opened.update(self.forest.ancestors(at))
            if len(opened) > OPENS_AT_FIRST:
                return
        shown = sum(1 for parent in self.forest.parents if parent in opened)
        if shown <= OPENS_AT_FIRST:
            self.outline.open_all(sorted(opened))

    def mark_hits(self, hits: list[int]) -> None:
        """Note which rows fit the filter."""
        self._hits = frozenset(hits)

    def row(self, position: int) -> TreeRow:
        """The row at a position of the outline."""
        at = self.outline.rows[position]
        node = self.forest.nodes[at]
        rollup = self.desk.rollup(self.grouping)
        fold = Fold.LEAF
        if self.forest.has_children(at):
            fold = Fold.OPEN if self.outline.is_open(at) else Fold.CLOSED
        sign = rollup.worst[at]
        tally = rollup.tally(at) if sign < Sign.GOOD else NOTHING
        return TreeRow(node.depth, fold, sign, self.desk.label(node), tally, at in self._hits)

    @property
    def node(self) -> Node | None:
        """The node under the cursor."""
        at = self.outline.node
        return self.forest.nodes[at] if at >= 0 else None

    def select(self, arm_id: ArmId) -> bool:
        """Put the cursor on a resource; False where the tree, as filtered, does not hold it."""
        at = self.forest.first(arm_id)
        return at is not None and self.outline.reveal(at)

    def select_node(self, node: Node) -> None:
        """Put the cursor on a node of the same tree in another order."""
        if node in self.forest.nodes:
            self.outline.reveal(self.forest.nodes.index(node))

    def unfold_like(self, other: "Tree") -> None:
        """Open what is open in another tree of the same grouping, as far as it is here."""
        theirs = other.forest.nodes
        opened = {theirs[at] for at in other.outline.opened}
        nodes = enumerate(self.forest.nodes)
        self.outline.open_only(at for at, node in nodes if node in opened)

    def path(self) -> tuple[str, ...]:
        """Where the cursor is, from the widest to the narrowest."""
        at = self.outline.node
        if at < 0:
            return ()
        node = self.forest.nodes[at]
        if node.role is Role.ESTATE:
            return ("the whole estate",)
        above = [self.forest.nodes[up] for up in reversed(self.forest.ancestors(at))]
        names = tuple(self.desk.label(one).name for one in (*above, node))
        subscription = subscription_of(node.id)
        if self.grouping is Grouping.SUBSCRIPTION or not subscription:
            return names
        return (subscription_name(self.desk.topology, subscription), *names)


def subscription_name(topology: Topology, subscription: str) -> str:
    """The name of a subscription, or the front of its id where the name was not read."""
    held = topology.find(ArmId(f"/subscriptions/{subscription}"))
    return printable(held.name if held is not None and held.name else f"sub {subscription[:8]}")
