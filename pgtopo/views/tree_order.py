"""In which order the branches of a tree stand beside each other."""

from collections.abc import Callable
from typing import NamedTuple

from pgtopo.model.network import NetworkInterface, Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.cycle import Cycle
from pgtopo.views.forest import Forest, Role
from pgtopo.views.rollup import Rollup
from pgtopo.views.signs import NOTHING, Sign


class Order(Cycle):
    """By what the branches below one node are ordered."""

    NAME = "by name, subnets by address"
    FAULTS = "worst first"
    ADDRESS = "by address"
    SIZE = "biggest first"


class Ordering(NamedTuple):
    """An order, or that order turned round."""

    order: Order = Order.NAME
    is_reversed: bool = False

    @property
    def text(self) -> str:
        """The order in words; empty for the usual one."""
        if self == Ordering():
            return ""
        return f"{self.order.value}{', reversed' if self.is_reversed else ''}"


Key = Callable[[int], tuple[int, ...]]


def arranged(topology: Topology, forest: Forest, rollup: Rollup, how: Ordering) -> Forest:
    """The tree with its branches in another order; the row of the whole estate stays first."""
    if how == Ordering():
        return forest
    key = _key(topology, forest, rollup, how.order)
    children: list[list[int]] = [[] for _ in forest.nodes]
    roots: list[int] = []
    for at, parent in enumerate(forest.parents):
        (roots if parent < 0 else children[parent]).append(at)
    for siblings in (roots, *children):
        if len(siblings) > 1:
            siblings.sort(key=key, reverse=how.is_reversed)
    roots.sort(key=lambda at: forest.nodes[at].role is not Role.ESTATE)
    nodes = []
    left = roots[::-1]
    while left:
        at = left.pop()
        nodes.append(forest.nodes[at])
        left += reversed(children[at])
    return Forest(nodes)


def _key(topology: Topology, forest: Forest, rollup: Rollup, order: Order) -> Key:
    sizes, worst = forest.sizes, rollup.worst
    if order is Order.FAULTS:
        return lambda at: (worst[at], *_fewer(rollup, at), at)
    if order is Order.ADDRESS:
        return lambda at: (_address(topology, forest, at), at)
    if order is Order.SIZE:
        return lambda at: (-sizes[at], at)
    return lambda at: (at,)


_QUIET = (Sign.GOOD, Sign.NONE)


def _fewer(rollup: Rollup, at: int) -> tuple[int, ...]:
    """The findings about a node and what is below it, as they are counted beside it: more first."""
    return tuple(-n for n in (NOTHING if rollup.worst[at] in _QUIET else rollup.tally(at)))


_NONE = 1 << 32
"""What stands behind every address."""


def _address(topology: Topology, forest: Forest, at: int) -> int:
    """The first address of a thing; of a server, of the subnet it is in."""
    held = topology.find(forest.nodes[at].id)
    if isinstance(held, FlexibleServer):
        held = topology.get(Subnet, held.subnet)
    if isinstance(held, VirtualNetwork | Subnet):
        return held.space.spans[0].low if held.space.spans else _NONE
    if isinstance(held, NetworkInterface):
        return min((c.address for c in held.configurations if c.address is not None), default=_NONE)
    return _NONE
