"""Places as bits: the far ends of many paths, so that one answer can hold for many at once.

A set of places is one integer; place `i` is bit `i`. Places are ordered by address, so that a
range of addresses is a run of bits.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet

Mask = int


class Place(NamedTuple):
    """One far end."""

    network: ArmId
    subnet: ArmId
    addresses: SpanSet


class Places:
    """Far ends in order of address."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.items: tuple[Place, ...] = tuple(places)
        self.order: list[int] = sorted(range(len(self.items)), key=self._low)
        """Positions in `items`, by address."""
        self._lows = [self._low(i) for i in self.order]
        self._near: dict[int, list[tuple[int, int, Mask]]] = {}
        """Places with more than one address by the upper half of each address they span."""
        self._prefix: list[Mask] = [0]
        for position in self.order:
            self._prefix.append(self._prefix[-1] | 1 << position)
        self.of_network: dict[ArmId, Mask] = {}
        for index, place in enumerate(self.items):
            self.of_network[place.network] = self.of_network.get(place.network, 0) | 1 << index
            self._note_extent(place, 1 << index)
        self.everyone: Mask = self._prefix[-1]

    def _note_extent(self, place: Place, bit: Mask) -> None:
        spans = place.addresses.spans
        if not spans or spans[0].low == spans[-1].high:
            return
        low, high = spans[0].low, spans[-1].high
        for bucket in range(low >> 16, (high >> 16) + 1):
            self._near.setdefault(bucket, []).append((low, high, bit))

    def _low(self, index: int) -> int:
        spans = self.items[index].addresses.spans
        return spans[0].low if spans else -1

    def inside(self, low: int, high: int) -> Mask:
        """The places whose first address lies in a range."""
        start, end = bisect_left(self._lows, low), bisect_right(self._lows, high)
        return self._prefix[end] & ~self._prefix[start]

    def within(self, spans: Iterable[tuple[int, int]]) -> Mask:
        """The places whose first address lies in any of these ranges."""
        found = 0
        for low, high in spans:
            found |= self.inside(low, high)
        return found

    def cut_by(self, bounds: Iterable[int]) -> Mask:
        """The places that some bound parts in two: it lies above their first address."""
        cut = 0
        for bound in bounds:
            for low, high, bit in self._near.get(bound >> 16, ()):
                if low < bound <= high:
                    cut |= bit
        return cut

    def first(self, mask: Mask) -> int:
        """The position of one place of a set."""
        return (mask & -mask).bit_length() - 1

    def networks(self, mask: Mask) -> list[tuple[ArmId, Mask]]:
        """A set split by network."""
        found: dict[ArmId, Mask] = {}
        left = mask
        while left:
            network = self.items[self.first(left)].network
            held = self.of_network[network] & mask
            found[network] = held
            left &= ~held
        return list(found.items())


class Out(NamedTuple):
    """What one stage says: 0 nothing against it, 1 open, 2 blocked."""

    level: int
    code: str


FINE = Out(0, "OK")


def soft(out: Out) -> Out:
    """What is left of an answer that an unseen translation could cure."""
    return Out(1, out.code) if out.level == 2 else out


def heavier(one: Out, other: Out) -> Out:
    """The answer of two in a row: the worse one, of equals the first."""
    return other if other.level > one.level else one


class SourceRows:
    """For many places, what becomes of a sender by its address; asked for whole ranges."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[int, Out]]] = {}
        self.covered: Mask = 0
        """The places with an answer."""
        self._bounds: list[int] | None = None
        self._columns: list[dict[Out, Mask]] = []
        self._changes: list[list[tuple[Mask, Out, Out]]] = []

    def add(self, place: int, shares: Sequence[tuple[SpanSet, Out]]) -> None:
        """State the answer of every address for one place; the shares cover all addresses."""
        starts = sorted((low, out) for share, out in shares for low, _ in share)
        merged: list[tuple[int, Out]] = []
        for low, out in starts:
            if not merged or merged[-1][1] != out:
                merged.append((low, out))
        self._rows[place] = merged
        self.covered |= 1 << place
        self._bounds = None
        self._columns.clear()

    def outs(self, place: int) -> list[Out]:
        """Every answer one place gives to somebody, in order of address."""
        return [out for _, out in self._rows.get(place, ())]

    def column(self, addresses: SpanSet) -> tuple[dict[Out, Mask], Mask]:
        """Places by what they make of a sender's addresses, and those that make several things."""
        bounds = self._all_bounds()
        if not bounds:
            return {}, 0
        first: dict[Out, Mask] | None = None
        split = 0
        for low, high in addresses:
            for index in range(bisect_right(bounds, low) - 1, bisect_right(bounds, high)):
                found = self._column(index)
                if first is None:
                    first = found
                elif found is not first:
                    split |= _differing(first, found)
        return first or {}, split

    def _all_bounds(self) -> list[int]:
        if self._bounds is None:
            self._bounds = sorted({low for row in self._rows.values() for low, _ in row})
            self._changes = self._all_changes(self._bounds)
        return self._bounds

    def _all_changes(self, bounds: list[int]) -> list[list[tuple[Mask, Out, Out]]]:
        """Which places change their answer at each bound: place, answer before, answer after."""
        at = {bound: index for index, bound in enumerate(bounds)}
        changes: list[list[tuple[Mask, Out, Out]]] = [[] for _ in bounds]
        for place, row in self._rows.items():
            before = row[0][1]
            for low, out in row[1:]:
                changes[at[low]].append((1 << place, before, out))
                before = out
        return changes

    def _column(self, index: int) -> dict[Out, Mask]:
        """The answers of all places in one range, from those of the range below it."""
        self._all_bounds()
        while len(self._columns) <= index:
            if not self._columns:
                self._columns.append(self._first_column())
                continue
            changes = self._changes[len(self._columns)]
            column = dict(self._columns[-1]) if changes else self._columns[-1]
            for bit, before, after in changes:
                column[before] &= ~bit
                column[after] = column.get(after, 0) | bit
            self._columns.append(column)
        return self._columns[index]

    def _first_column(self) -> dict[Out, Mask]:
        column: dict[Out, Mask] = {}
        for place, row in self._rows.items():
            column[row[0][1]] = column.get(row[0][1], 0) | 1 << place
        return column


def _differing(one: dict[Out, Mask], other: dict[Out, Mask]) -> Mask:
    same = 0
    everyone = 0
    for out, mask in one.items():
        same |= mask & other.get(out, 0)
        everyone |= mask
    return everyone & ~same
