"""The answers of a grid, kept small: equal cells are held once, and rows with equal cells once.

A thousand servers against ten thousand subnets are ten million answers; as objects they would not
fit, as numbers of distinct answers they take two bytes each, and most rows are like another.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from pgtopo.views.signs import Sign

UNKNOWN_YET = -1
"""The class of a row that is still to be worked out."""


class Cell(NamedTuple):
    """One answer."""

    sign: Sign
    text: str
    """The code, or the answer in a few words."""


class Faults(NamedTuple):
    """How many answers of a row or column are no good; sorts the most faulty first."""

    bad: int = 0
    mixed: int = 0
    unknown: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key."""
        return -self.bad, -self.mixed, -self.unknown


_COUNTED = (Sign.BAD, Sign.MIXED, Sign.UNKNOWN)


class Source(NamedTuple):
    """Where the answers of a grid come from."""

    cells_of: Callable[[int], Iterable[Cell]]
    """The answers of a row."""
    alike: Callable[[int], Hashable] | None = None
    """What only rows with equal answers share; None where nothing is known about that."""
    prepare: Callable[[Sequence[int]], None] | None = None
    """Called before some rows are asked for, one by one."""


class Store:
    """The answers of all rows worked out so far, by class of rows that are alike."""

    def __init__(self, rows: int, source: Source) -> None:
        self._source = source
        self.class_of: list[int] = [UNKNOWN_YET] * rows
        """The class of every row; rows of one class have equal cells."""
        self._palette: list[Cell] = []
        self._number: dict[Cell, int] = {}
        self._classes: list[array[int]] = []
        self._class_by_content: dict[bytes, int] = {}
        self._class_by_key: dict[Hashable, int] = {}
        self._faults: list[Faults] = []
        self._left = rows

    @property
    def done(self) -> int:
        """How many rows are worked out."""
        return len(self.class_of) - self._left

    @property
    def is_complete(self) -> bool:
        """Whether every row is."""
        return not self._left

    def is_known(self, row: int) -> bool:
        """Whether a row is worked out."""
        return self.class_of[row] != UNKNOWN_YET

    def work_out(self, rows: Iterable[int]) -> None:
        """Fill rows in; called outside the thread that paints."""
        wanted = [row for row in rows if self.class_of[row] == UNKNOWN_YET]
        if wanted and self._source.prepare is not None:
            self._source.prepare(wanted)
        for row in wanted:
            self.class_of[row] = self._class_of(row)
            self._left -= 1

    def _class_of(self, row: int) -> int:
        key = self._source.alike(row) if self._source.alike is not None else None
        if key is None:
            return self._class(self._source.cells_of(row))
        known = self._class_by_key.get(key)
        if known is None:
            known = self._class_by_key[key] = self._class(self._source.cells_of(row))
        return known

    def _class(self, cells: Iterable[Cell]) -> int:
        number = self._number
        content: array[int] = array("H")
        for cell in cells:
            at = number.get(cell)
            if at is None:
                at = number[cell] = len(self._palette)
                self._palette.append(cell)
            content.append(at)
        key = content.tobytes()
        found = self._class_by_content.get(key)
        if found is None:
            self._classes.append(content)
            self._faults.append(self._weighed(content))
            found = self._class_by_content[key] = len(self._classes) - 1
        return found

    def _weighed(self, content: Iterable[int]) -> Faults:
        counts: Counter[Sign] = Counter()
        for at, times in Counter(content).items():
            counts[self._palette[at].sign] += times
        return Faults(*(counts[sign] for sign in _COUNTED))

    def cell(self, row: int, column: int) -> Cell | None:
        """One answer; None where its row is still to be worked out."""
        at = self.class_of[row]
        return None if at == UNKNOWN_YET else self._palette[self._classes[at][column]]

    def signs(self, row: int, columns: Sequence[int]) -> list[Sign] | None:
        """The signs of some answers of a row; None where it is still to be worked out."""
        at = self.class_of[row]
        if at == UNKNOWN_YET:
            return None
        content, palette = self._classes[at], self._palette
        return [palette[content[column]].sign for column in columns]

    def faults(self, row: int) -> Faults:
        """How faulty a row is."""
        at = self.class_of[row]
        return Faults() if at == UNKNOWN_YET else self._faults[at]

    def column_faults(self) -> list[Faults]:
        """How faulty every column is, over the rows worked out so far."""
        weights = Counter(self.class_of)
        weights.pop(UNKNOWN_YET, None)
        width = len(self._classes[0]) if self._classes else 0
        counts = [[0] * width for _ in _COUNTED]
        place = {
            at: _COUNTED.index(cell.sign)
            for at, cell in enumerate(self._palette)
            if cell.sign in _COUNTED
        }
        for which, times in weights.items():
            for column, at in enumerate(self._classes[which]):
                kind = place.get(at)
                if kind is not None:
                    counts[kind][column] += times
        return [Faults(*found) for found in zip(*counts, strict=True)]
