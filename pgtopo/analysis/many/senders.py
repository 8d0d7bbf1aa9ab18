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
        self._known: tuple[list[int], list[Column]] | None = None
        """Where ranges of senders begin, and what each of them meets."""

    def add(self, place: int, shares: Sequence[tuple[SpanSet, Out]]) -> None:
        """State the answer of every address for one place; the shares cover all addresses."""
        starts = sorted((low, out) for share, out in shares for low, _ in share)
        merged: list[tuple[int, Out]] = []
        for low, out in starts:
            if not merged or merged[-1][1] != out:
                merged.append((low, out))
        self._rows[place] = merged
        self.covered |= 1 << place
        self._known = None

    def outs(self, place: int) -> list[Out]:
        """Every answer one place gives to somebody, in order of address."""
        return [out for _, out in self._rows.get(place, ())]

    def column(self, addresses: SpanSet) -> tuple[Column, Mask]:
        """Places by what they make of a sender's addresses, and those that make several things."""
        if self._known is None:
            self._known = self._look()
        bounds, columns = self._known
        if not bounds:
            return _NOTHING, 0
        first: Column | None = None
        split = 0
        for low, high in addresses:
            for index in range(bisect_right(bounds, low) - 1, bisect_right(bounds, high)):
                found = columns[index]
                if first is None:
                    first = found
                elif found is not first:
                    split |= _differing(first, found)
        return first if first is not None else _NOTHING, split

    def _look(self) -> tuple[list[int], list[Column]]:
        """The answers of all places in every range, the same object where they are the same."""
        bounds = sorted({low for row in self._rows.values() for low, _ in row})
        same: dict[Column, Column] = {}
        columns: list[Column] = []
        held = self._first_column()
        for changes in self._all_changes(bounds):
            for bit, before, after in changes:
                held[before] &= ~bit
                held[after] = held.get(after, 0) | bit
            if changes or not columns:
                column = tuple(sorted(item for item in held.items() if item[1]))
                columns.append(same.setdefault(column, column))
            else:
                columns.append(columns[-1])
        return bounds, columns

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
