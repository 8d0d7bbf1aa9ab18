"""What becomes of senders by their address, for many places; asked for whole ranges."""

from bisect import bisect_right
from collections.abc import Sequence

from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.outs import Out
from pgtopo.model.net import SpanSet

Column = tuple[tuple[Out, Mask], ...]
"""Places by what they make of one sender."""

_NOTHING: Column = ()


class SourceRows:
    """For many places, what becomes of a sender by its address."""

    def __init__(self) -> None:
        self._rows: dict[int, list[tuple[int, Out]]] = {}
        self.covered: Mask = 0
        """The places with an answer."""
        self._bounds: list[int] | None = None
        self._columns: list[Column] = []
        self._same: dict[Column, Column] = {}
        self._last: dict[Out, Mask] = {}
        """The column worked out last, as it is carried on to the next."""
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

    def column(self, addresses: SpanSet) -> tuple[Column, Mask]:
        """Places by what they make of a sender's addresses, and those that make several things."""
        bounds = self._all_bounds()
        if not bounds:
            return _NOTHING, 0
        first: Column | None = None
        split = 0
        for low, high in addresses:
            for index in range(bisect_right(bounds, low) - 1, bisect_right(bounds, high)):
                found = self._column(index)
                if first is None:
                    first = found
                elif found is not first:
                    split |= _differing(first, found)
        return first if first is not None else _NOTHING, split

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

    def _column(self, index: int) -> Column:
        """The answers of all places in one range, the same object where they are the same."""
        columns = self._columns
        if not columns:
            self._last = self._first_column()
            columns.append(self._shared())
        while len(columns) <= index:
            changes = self._changes[len(columns)]
            for bit, before, after in changes:
                self._last[before] &= ~bit
                self._last[after] = self._last.get(after, 0) | bit
            columns.append(self._shared() if changes else columns[-1])
        return columns[index]

    def _shared(self) -> Column:
        column = tuple(sorted(item for item in self._last.items() if item[1]))
        return self._same.setdefault(column, column)

    def _first_column(self) -> dict[Out, Mask]:
        column: dict[Out, Mask] = {}
        for place, row in self._rows.items():
            column[row[0][1]] = column.get(row[0][1], 0) | 1 << place
        return column


def _differing(one: Column, other: Column) -> Mask:
    same = 0
    everyone = 0
    held = dict(other)
    for out, mask in one:
        same |= mask & held.get(out, 0)
        everyone |= mask
    return everyone & ~same
