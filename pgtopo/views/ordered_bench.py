"""The workbench with trees that can be put into another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.views.arranging import Arranging
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.state import View
from pgtopo.views.workbench import Workbench

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.detail import Work


class OrderedBench(Workbench):
    """One estate on show, its trees in the order that was asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.arranging = Arranging(desk)

    def tree_work(self) -> Work | None:
        """What has to be worked out before the tree stands in the order wanted."""
        return self.arranging.work(self.grouping) if self.view is View.ESTATE else None

    def take_tree(self) -> None:
        """Show the tree in its new order, unfolded as it was, with the same row selected."""
        if self.view is not View.ESTATE:
            return
        before = self.tree
        if not self.arranging.take(self.grouping):
            return
        del self._trees[self.grouping]
        self.tree.unfold_like(before)
        if before.node is not None:
            self.tree.select_node(before.node)
        self.moved_in_tree()

    def take_place_of(self, other: Workbench) -> None:
        """Show the same place, arranged and filtered in the same way."""
        if isinstance(other, OrderedBench):
            self.arranging.how = other.arranging.how
        super().take_place_of(other)

    def status(self, *, note: str = "") -> tuple[Piece, ...]:
        """The status line, with the order of the tree where it is not the usual one."""
        pieces = super().status(note=note)
        order = self.arranging.how.text
        if self.view is not View.ESTATE or not order:
            return pieces
        return (*pieces, Piece(order, Tone.INFO))
