"""Places as bits: the far ends of many paths, so that one answer can hold for many at once.

A set of places is one integer; place `i` is bit `i`. A range of addresses is looked up by the
order of the places' first addresses.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from pgtopo.analysis.many.bits import Mask, first, positions
from pgtopo.model.ids import ArmId
from pgtopo.model.net import MAX_V4, Span, SpanSet


class Place(NamedTuple):
    """One far end."""

    network: ArmId
    subnet: ArmId
    addresses: SpanSet


class Places:
    """Far ends in order of address, all of a list or some of it."""

    def __init__(self, places: Iterable[Place], within: Mask = -1) -> None:
        """Takes the list, and as bits the places that are to count."""
        self.items: tuple[Place, ...] = tuple(places)
        self.everyone: Mask = within & ((1 << len(self.items)) - 1)
        held = positions(self.everyone)
        order = sorted(held, key=self._low)
        self._lows = [self._low(i) for i in order]
        self._highs = [spans[-1].high if (spans := self._spans(i)) else -1 for i in order]
        self._near: dict[int, list[tuple[int, int, Mask]]] = {}
        """Places with more than one address by the upper half of each address they span."""
        extents: dict[tuple[int, int], Mask] = {}
        self._prefix: list[Mask] = [0]
        for position in order:
            self._prefix.append(self._prefix[-1] | 1 << position)
        self.of_network: dict[ArmId, Mask] = {}
        for index in held:
            place = self.items[index]
            self.of_network[place.network] = self.of_network.get(place.network, 0) | 1 << index
            if spans := place.addresses.spans:
                extent = (spans[0].low, spans[-1].high)
                extents[extent] = extents.get(extent, 0) | 1 << index
        for (low, high), mask in extents.items():
            if low != high:
                for bucket in range(low >> 16, (high >> 16) + 1):
                    self._near.setdefault(bucket, []).append((low, high, mask))

    def _spans(self, index: int) -> tuple[Span, ...]:
        return self.items[index].addresses.spans

    def _low(self, index: int) -> int:
        spans = self._spans(index)
        return spans[0].low if spans else -1

    def inside(self, low: int, high: int) -> Mask:
        """The places whose first address lies in a range."""
        start, end = bisect_left(self._lows, low), bisect_right(self._lows, high)
        return self._prefix[end] ^ self._prefix[start]

    def within(self, spans: Iterable[tuple[int, int]]) -> Mask:
        """The places whose first address lies in any of these ranges, which do not overlap."""
        found = 0
        for low, high in spans:
            found |= self.inside(low, high)
        return found

    def runs(self, lows: list[int]) -> tuple[list[tuple[int, Mask]], Mask]:
        """The places by the last of some ascending numbers that is not above their first address.

        The numbers begin with 0; places without an address come with it. Beside them the places
        of which a number lies above the first address, but not above the last.
        """
        found: list[tuple[int, Mask]] = []
        at, count, last, cut = 0, len(self._lows), len(lows) - 1, 0
        while at < count:
            index = max(bisect_right(lows, self._lows[at]) - 1, 0)
            high = lows[index + 1] - 1 if index < last else MAX_V4
            end = bisect_right(self._lows, high, at)
            found.append((index, self._prefix[end] ^ self._prefix[at]))
            if self._near and max(self._highs[at:end]) > high:
                for one in range(at, end):
                    if self._highs[one] > high:
                        cut |= self._prefix[one + 1] ^ self._prefix[one]
            at = end
        return found, cut

    def cut_by(self, bounds: Iterable[int]) -> Mask:
        """The places that some bound parts in two: it lies above their first address."""
        cut = 0
        if not self._near:
            return cut
        for bound in bounds:
            for low, high, bit in self._near.get(bound >> 16, ()):
                if low < bound <= high:
                    cut |= bit
        return cut

    def first(self, mask: Mask) -> Place:
        """One place of a set."""
        return self.items[first(mask)]
