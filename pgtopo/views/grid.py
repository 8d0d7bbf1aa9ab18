"""Clients or networks against servers, as a grid of signs whose rows are worked out when shown."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pgtopo.model.ids import ArmId
from pgtopo.views.cycle import Cycle
from pgtopo.views.filter import Filter, TermKind, is_subsequence
from pgtopo.views.grid_store import Cell, Faults, Source, Store
from pgtopo.views.signs import Sign

AHEAD = 30
"""Rows worked out beyond those on the screen."""


class Side(NamedTuple):
    """A row or column: what it stands for."""

    id: ArmId
    name: str


class Order(Cycle):
    """By what rows and columns are ordered."""

    NAME = "name"
    FAULTS = "faults"


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
        source: Source | Callable[[int], Iterable[Cell]],
        noun: str = "subnet for clients",
    ) -> None:
        self.all_rows = tuple(rows)
        self.all_columns = tuple(columns)
        self.noun = noun
        source = source if isinstance(source, Source) else Source(source)
        self.store = Store(len(self.all_rows), source)
        self._row_texts = [side.name.lower() for side in rows]
        self._column_texts = [side.name.lower() for side in columns]
        self._weighed: _Weighed | None = None
        """How faulty rows and columns are, once every row is worked out."""
        self.layout = Layout()
        self.rows: list[int] = list(range(len(self.all_rows)))
        """The rows on show, as places in `all_rows`."""
        self.columns: list[int] = list(range(len(self.all_columns)))
        self._alike: dict[int, list[int]] = {}
        """Where rows are collapsed: every row on show with those it stands for."""
        self._first_of: dict[int, int] = {}
        """Where rows are collapsed: the row that stands for a class."""
        self._opened: set[int] = set()
        """Classes of rows shown one by one although rows are collapsed."""
        self.row = 0
        self.column = 0
        self._is_arranged = True
        self.hidden = 0
        """How many rows and columns a filter leaves out; collapsed rows are not left out."""
        self.version = 0
        """Grows whenever the grid is laid out anew."""
        self.columns_version = 0
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
        return self.layout.needs_all and self._weighed is None

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
        """Fill rows in, and weigh all once they are; called outside the painting thread."""
        self.store.work_out(rows)
        if self.store.is_complete and self._weighed is None:
            found = self.store.column_faults() or [Faults()] * len(self.all_columns)
            of_rows = [self.store.faults(at) for at in range(len(self.all_rows))]
            self._weighed = _Weighed(_weigh(of_rows, self._row_texts), _weigh(found, ()))

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
        here = (self.rows[self.row], self.columns[self.column]) if self.here is not None else None
        if layout.is_collapsed != self.layout.is_collapsed:
            self._opened.clear()
        self.layout = layout
        self._is_arranged = not self.waits_for_all
        weighed = self._weighed if self._is_arranged else None
        before = self.columns
        self.columns = self._kept(self._column_texts, "to", weighed.columns if weighed else None)
        self.rows = self._kept(self._row_texts, "", weighed.rows if weighed else None)
        self.hidden = len(self.all_rows) - len(self.rows)
        self.hidden += len(self.all_columns) - len(self.columns)
        self._alike, self._first_of = {}, {}
        if self._is_arranged:
            self._arrange()
        self.version += 1
        self.columns_version += self.columns != before
        self._return_to(here)

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
        if self.layout.is_reversed:
            self.rows.reverse()
        if self.layout.is_collapsed:
            self._collapse()

    def _collapse(self) -> None:
        groups: dict[int, list[int]] = {}
        class_of = self.store.class_of
        for at in self.rows:
            groups.setdefault(class_of[at], []).append(at)
        shown: list[int] = []
        for which, members in groups.items():
            if which in self._opened:
                shown += members
            else:
                shown.append(members[0])
                self._alike[members[0]] = members
                self._first_of[which] = members[0]
        self.rows = shown

    def _return_to(self, here: tuple[int, int] | None) -> None:
        if here is not None:
            row, column = here
            row = self._first_of.get(self.store.class_of[row], row)
            self.row = self.rows.index(row) if row in self.rows else self.row
            self.column = self.columns.index(column) if column in self.columns else self.column
        self.move(self.row, self.column)

    def _kept(self, texts: list[str], key: str, weights: "_Weights | None") -> list[int]:
        """What the filter leaves, as the layout orders it."""
        left: Iterable[int] = range(len(texts))
        if weights is not None and self.layout.order is Order.FAULTS:
            left = weights.worst_first
        if weights is not None and self.layout.is_faults_only:
            left = [at for at in left if weights.are_faulty[at]]
        for term in self.layout.wanted.terms:
            if term.key != key:
                continue
            fits = is_subsequence if term.kind is TermKind.FUZZY else _contains
            wants = not term.is_negated
            left = [at for at in left if fits(term.text, texts[at]) is wants]
        return list(left)


class _Weights(NamedTuple):
    """How faulty some rows or columns are."""

    worst_first: list[int]
    are_faulty: list[bool]


class _Weighed(NamedTuple):
    """How faulty all of them are."""

    rows: _Weights
    columns: _Weights


def _weigh(faults: Sequence[Faults], texts: Sequence[str]) -> _Weights:
    """The most faulty first, by name where they are equal, else as they stood."""
    orders = [one.order for one in faults]
    ordered = sorted(range(len(orders)), key=texts.__getitem__ if texts else None)
    ordered.sort(key=orders.__getitem__)
    return _Weights(ordered, [order < _FINE for order in orders])


_FAR = 2_000_000
"""Cells looked through for the next fault."""
_FINE = Faults(0, 0, 0).order


def _contains(wanted: str, text: str) -> bool:
    return wanted in text
