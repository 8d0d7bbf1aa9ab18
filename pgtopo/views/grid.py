"""Clients or networks against servers, as a grid of signs whose rows are worked out when shown."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from pgtopo.model.ids import ArmId
from pgtopo.views.filter import Filter, TermKind, is_subsequence
from pgtopo.views.grid_store import Cell, Faults, Store
from pgtopo.views.signs import Sign

AHEAD = 30
"""Rows worked out beyond those on the screen."""


class Side(NamedTuple):
    """A row or column: what it stands for."""

    id: ArmId
    name: str


class Order(Enum):
    """By what rows and columns are ordered."""

    NAME = "name"
    FAULTS = "faults"

    @property
    def next(self) -> "Order":
        """The other one."""
        return Order.FAULTS if self is Order.NAME else Order.NAME


class Layout(NamedTuple):
    """How a grid is put together."""

    wanted: Filter = Filter()
    order: Order = Order.NAME
    is_reversed: bool = False
    is_collapsed: bool = False
    """Rows with equal answers stand as one."""
    is_faults_only: bool = False

    @property
    def needs_all(self) -> bool:
        """Whether every row has to be worked out for it."""
        return self.order is not Order.NAME or self.is_collapsed or self.is_faults_only


class Grid:
    """Rows against columns, with a cursor and what a filter leaves."""

    def __init__(
        self,
        rows: Sequence[Side],
        columns: Sequence[Side],
        cells_of: Callable[[int], Iterable[Cell]],
        noun: str = "subnet",
    ) -> None:
        self.all_rows = tuple(rows)
        self.all_columns = tuple(columns)
        self.noun = noun
        self.store = Store(len(self.all_rows), cells_of)
        self._row_texts = [side.name.lower() for side in rows]
        self._column_texts = [side.name.lower() for side in columns]
        self._column_faults: list[Faults] = []
        """How faulty every column is, once every row is worked out."""
        self.layout = Layout()
        self.rows: list[int] = list(range(len(self.all_rows)))
        """The rows on show, as places in `all_rows`."""
        self.columns: list[int] = list(range(len(self.all_columns)))
        self._alike: dict[int, list[int]] = {}
        """Where rows are collapsed: every row on show with those it stands for."""
        self._opened: set[int] = set()
        """Classes of rows shown one by one although rows are collapsed."""
        self.row = 0
        self.column = 0
        self._is_arranged = True
        self._is_weighed = False
        self.hidden = 0
        """How many rows and columns a filter leaves out; collapsed rows are not left out."""
        self.version = 0
        """Grows whenever other columns are on show."""

    # -- looking ------------------------------------------------------------------------------

    def cell_at(self, position: int, column: int) -> Cell | None:
        """The cell of a row and column on show; None where it is still to be worked out."""
        return self.store.cell(self.rows[position], self.columns[column])

    def signs(self, position: int, columns: range) -> list[Sign] | None:
        """The signs of a stretch of a row on show; None where they are to be worked out."""
        return self.store.signs(self.rows[position], self.columns[columns.start : columns.stop])

    def is_known(self, first: int, count: int) -> bool:
        """Whether every row of a stretch on show is worked out."""
        return all(map(self.store.is_known, self.rows[first : first + count]))

    def cells(self, position: int) -> tuple[Cell, ...] | None:
        """The cells of a row on show; None where they are still to be worked out."""
        if not self.store.is_known(self.rows[position]):
            return None
        found = (self.cell_at(position, at) for at in range(len(self.columns)))
        return tuple(cell for cell in found if cell is not None)

    def row_name(self, position: int) -> str:
        """The name of a row on show."""
        return self.all_rows[self.rows[position]].name

    def alike(self, position: int) -> int:
        """How many rows a row on show stands for, itself among them."""
        return len(self._alike.get(self.rows[position], (0,)))

    def column_names(self) -> tuple[str, ...]:
        """The names of the columns on show."""
        return tuple(self.all_columns[at].name for at in self.columns)

    @property
    def here(self) -> tuple[Side, Side] | None:
        """Row and column under the cursor."""
        if not self.rows or not self.columns:
            return None
        return self.all_rows[self.rows[self.row]], self.all_columns[self.columns[self.column]]

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor, where it is known."""
        return self.cell_at(self.row, self.column) if self.here is not None else None

    # -- working out --------------------------------------------------------------------------

    @property
    def waits_for_all(self) -> bool:
        """Whether the layout rests on rows that are still to be worked out."""
        return self.layout.needs_all and not self._is_weighed

    def missing(self, first: int, count: int) -> tuple[int, ...]:
        """The rows on show in a stretch, and a little beyond, that are not worked out."""
        wanted = self.rows[first : first + count]
        if all(map(self.store.is_known, wanted)):
            return ()
        stretch = self.rows[max(0, first - AHEAD) : first + count + AHEAD]
        return tuple(at for at in stretch if not self.store.is_known(at))

    def unknown_rows(self, most: int) -> tuple[int, ...]:
        """Some of the rows that are still to be worked out, wherever they stand."""
        found: list[int] = []
        for at in range(len(self.all_rows)):
            if not self.store.is_known(at):
                found.append(at)
                if len(found) == most:
                    break
        return tuple(found)

    def work_out(self, rows: Iterable[int]) -> None:
        """Fill rows in, and weigh the columns once all are; called outside the painting thread."""
        self.store.work_out(rows)
        if self.store.is_complete and not self._is_weighed:
            found = self.store.column_faults()
            self._column_faults = found or [Faults()] * len(self.all_columns)
            self._is_weighed = True

    # -- moving -------------------------------------------------------------------------------

    def move(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is."""
        self.row = max(0, min(row, len(self.rows) - 1))
        self.column = max(0, min(column, len(self.columns) - 1))

    def next_fault(self, step: int) -> bool:
        """Go to the next faulty cell in reading order, round and round; False for none."""
        size = len(self.rows) * len(self.columns)
        if not size:
            return False
        width = len(self.columns)
        here = self.row * width + self.column
        for far in range(1, min(size, _FAR) + 1):
            row, column = divmod((here + step * far) % size, width)
            cell = self.cell_at(row, column)
            if cell is not None and cell.sign.is_fault:
                self.move(row, column)
                return True
        return False

    # -- laying out ---------------------------------------------------------------------------

    def filter(self, wanted: Filter) -> None:
        """Keep rows with every word, and columns with every `to:` word."""
        self.lay(self.layout._replace(wanted=wanted))

    def lay(self, layout: Layout) -> None:
        """Put rows and columns together anew; the cursor stays on its row and column if it can."""
        here = self.here
        if layout.is_collapsed != self.layout.is_collapsed:
            self._opened.clear()
        self.layout = layout
        self.columns = self._kept(self._column_texts, "to")
        self.rows = self._kept(self._row_texts, "")
        self._alike = {}
        self.version += 1
        self._is_arranged = not self.waits_for_all
        if self._is_arranged:
            self._arrange()
        self.hidden = self._count_hidden()
        self._return_to(here)

    def _count_hidden(self) -> int:
        kept = sum(len(self._alike.get(at, (at,))) for at in self.rows)
        return len(self.all_rows) - kept + len(self.all_columns) - len(self.columns)

    def settle(self) -> None:
        """Lay out anew once the rows the layout waited for are there."""
        if not self._is_arranged and not self.waits_for_all:
            self.lay(self.layout)

    def toggle(self, position: int) -> bool:
        """Show the rows a collapsed row stands for one by one, or as one again; False for none."""
        row = self.rows[position]
        which = self.store.class_of[row]
        is_group = len(self._alike.get(row, ())) > 1
        if not self.layout.is_collapsed or not (is_group or which in self._opened):
            return False
        self._opened ^= {which}
        self.lay(self.layout)
        return True

    def _arrange(self) -> None:
        layout, store = self.layout, self.store
        if layout.is_faults_only:
            self.rows = [at for at in self.rows if store.faults(at).order < _FINE]
            weights = self._column_faults
            self.columns = [at for at in self.columns if weights[at].order < _FINE]
        if layout.order is Order.FAULTS:
            self.rows.sort(key=lambda at: (store.faults(at).order, self._row_texts[at]))
            self.columns.sort(key=lambda at: self._column_faults[at].order)
        if layout.is_reversed:
            self.rows.reverse()
        if layout.is_collapsed:
            self._collapse()

    def _collapse(self) -> None:
        groups: dict[int, list[int]] = {}
        for at in self.rows:
            groups.setdefault(self.store.class_of[at], []).append(at)
        shown: list[int] = []
        for which, members in groups.items():
            if which in self._opened:
                shown += members
            else:
                shown.append(members[0])
                self._alike[members[0]] = members
        self.rows = shown

    def _return_to(self, here: tuple[Side, Side] | None) -> None:
        if here is not None:
            row, column = here
            self.row = self._place(self.rows, self.all_rows, row.id, self.row)
            self.column = self._place(self.columns, self.all_columns, column.id, self.column)
        self.move(self.row, self.column)

    def _place(self, shown: list[int], sides: tuple[Side, ...], wanted: ArmId, now: int) -> int:
        for at, place in enumerate(shown):
            members = self._alike.get(place, (place,)) if sides is self.all_rows else (place,)
            if any(sides[one].id == wanted for one in members):
                return at
        return now

    def _kept(self, texts: list[str], key: str) -> list[int]:
        left: Iterable[int] = range(len(texts))
        for term in self.layout.wanted.terms:
            if term.key != key:
                continue
            fits = is_subsequence if term.kind is TermKind.FUZZY else _contains
            wants = not term.is_negated
            left = [at for at in left if fits(term.text, texts[at]) is wants]
        return list(left)


_FAR = 2_000_000
"""Cells looked through for the next fault."""
_FINE = Faults(0, 0, 0).order


def _contains(wanted: str, text: str) -> bool:
    return wanted in text
