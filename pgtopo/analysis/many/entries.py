"""What is kept of ways while they are worked out for many destinations."""

from typing import NamedTuple

from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.fan import Fans
from pgtopo.analysis.many.outs import Out
from pgtopo.analysis.many.places import Places
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable


class Entry(NamedTuple):
    """What the way to an appliance itself says."""

    peering: Out
    back: Out


class Alone(NamedTuple):
    """Places that were looked at one by one, with the one route each takes."""

    mask: Mask
    routes: list[tuple[EffectiveRoute, Mask]]


class Through:
    """The fans of everything that one network sends through one appliance, as far as asked for."""

    __slots__ = ("covered", "fans")

    def __init__(self) -> None:
        self.covered: Mask = 0
        self.fans: Fans = []


def taken_whole(places: Places, table: EffectiveTable, cut: Mask) -> tuple[Alone, Mask]:
    """Places around some bound that one route takes nevertheless, and those left."""
    mask = 0
    routes: list[tuple[EffectiveRoute, Mask]] = []
    for position in positions(cut):
        shares = table.lookup(places.items[position].addresses)
        if len(shares) == 1:
            mask |= 1 << position
            routes.append((shares[0][1], 1 << position))
    return Alone(mask, routes), cut & ~mask
