"""Clients or networks against servers, as a grid of signs whose rows are worked out when shown."""

from collections.abc import Callable
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.names.table import dns_table, in_short
from pgtopo.model.ids import ArmId
from pgtopo.views.filter import Filter, TermKind
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import Sign

AHEAD = 30
"""Rows worked out beyond those on the screen."""


class Cell(NamedTuple):
    """One answer."""

    sign: Sign
    text: str
    """The code, or the answer in a few words."""


class Side(NamedTuple):
    """A row or column: what it stands for."""

    id: ArmId
    name: str


class Grid:
    """Rows against columns, with a cursor and what a filter leaves."""

    def __init__(
        self,
        rows: tuple[Side, ...],
        columns: tuple[Side, ...],
        cells_of: Callable[[int], tuple[Cell, ...]],
    ) -> None:
        self.all_rows = rows
        self.all_columns = columns
        self._cells_of = cells_of
        self._known: dict[int, tuple[Cell, ...]] = {}
        self.rows: list[int] = list(range(len(rows)))
        """The rows on show, as places in `all_rows`."""
        self.columns: list[int] = list(range(len(columns)))
        self.row = 0
        self.column = 0

    # -- looking ------------------------------------------------------------------------------

    def cells(self, position: int) -> tuple[Cell, ...] | None:
        """The cells of a row on show; None where they are still to be worked out."""
        found = self._known.get(self.rows[position])
        return None if found is None else tuple(found[at] for at in self.columns)

    def row_name(self, position: int) -> str:
        """The name of a row on show."""
        return self.all_rows[self.rows[position]].name

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
        if self.here is None:
            return None
        cells = self.cells(self.row)
        return cells[self.column] if cells is not None else None

    # -- working out --------------------------------------------------------------------------

    def missing(self, first: int, count: int) -> tuple[int, ...]:
        """The rows on show in a stretch, and a little beyond, that are not worked out."""
        stretch = self.rows[max(0, first - AHEAD) : first + count + AHEAD]
        wanted = self.rows[first : first + count]
        if all(at in self._known for at in wanted):
            return ()
        return tuple(at for at in stretch if at not in self._known)

    def work_out(self, rows: tuple[int, ...]) -> None:
        """Fill rows in; called outside the thread that paints."""
        for at in rows:
            if at not in self._known:
                self._known[at] = self._cells_of(at)

    # -- moving and filtering -----------------------------------------------------------------

    def move(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is."""
        self.row = max(0, min(row, len(self.rows) - 1))
        self.column = max(0, min(column, len(self.columns) - 1))

    def filter(self, wanted: Filter) -> None:
        """Keep rows with every word, and columns with every `to:` word."""
        self.rows = [at for at, side in enumerate(self.all_rows) if _fits(side, wanted, "")]
        self.columns = [at for at, side in enumerate(self.all_columns) if _fits(side, wanted, "to")]
        self.move(self.row, self.column)


def _fits(side: Side, wanted: Filter, key: str) -> bool:
    name = side.name.lower()
    return all(
        (term.text in name) is not term.is_negated
        for term in wanted.terms
        if term.key == key and term.kind is not TermKind.FUZZY
    )


def reach(facts: Facts) -> Grid:
    """Client subnets against servers: does the path hold."""
    found = matrix(facts)
    clients = tuple(Side(one.id, full_name(facts.topology, one.id)) for one in found.clients)
    servers = tuple(Side(one.id, name_in(facts.topology, one.id)) for one in found.servers)

    def cells_of(row: int) -> tuple[Cell, ...]:
        return tuple(Cell(SIGNS[cell.verdict], cell.code) for cell in found.row(row))

    return Grid(clients, servers, cells_of)


def names(facts: Facts) -> Grid:
    """Networks against server names: what the name comes to."""
    table = dns_table(facts)
    networks = tuple(Side(one.id, name_in(facts.topology, one.id)) for one in table.networks)
    servers = tuple(Side(one.id, name_in(facts.topology, one.id)) for one in table.servers)

    def cells_of(row: int) -> tuple[Cell, ...]:
        cells = table.rows[table.row_of[row]]
        return tuple(Cell(SIGNS[cell.verdict], in_short(cell).value) for cell in cells)

    return Grid(networks, servers, cells_of)
