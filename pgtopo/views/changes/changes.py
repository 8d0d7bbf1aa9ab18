"""What is known of changes: a comparison with another snapshot, and Azure's own history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pgtopo.model.coverage import Status
from pgtopo.model.history import Change
from pgtopo.model.ids import TENANT
from pgtopo.triage import history
from pgtopo.views.changes import rows as listing
from pgtopo.views.changes.pages import moment
from pgtopo.views.changes.rows import Groups, Row, RowKind
from pgtopo.views.changes.touching import is_on, touched
from pgtopo.views.detail import NO_PAIR, Pair, Work
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.signs import count

if TYPE_CHECKING:
    from pgtopo.analysis.facts import Facts
    from pgtopo.checks.comparison import Comparison
    from pgtopo.model.ids import ArmId
    from pgtopo.model.topology import Topology
    from pgtopo.views.desk import Desk
    from pgtopo.views.sieve import Sieve


GUESSED = "This order is a guess: s swaps it"
"""What is said where no time tells which of two snapshots is the earlier."""


def is_order_known(first: Topology, second: Topology) -> bool:
    """Whether the times of two looks say which of them is the earlier."""
    times = (first.created_at, second.created_at)
    return all(times) and times[0] != times[1]


class Changes:
    """The changes of one estate; whatever takes long is worked out behind the screen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.found: Comparison | None = None
        self.file = ""
        """The other snapshot; empty where there is none."""
        self.names = ("", "")
        """The files that are compared, the earlier one first."""
        self.busy = ""
        """How far the comparing is; empty where none goes on."""
        self.trouble = ""
        """Why the other snapshot cannot be compared with."""
        self.is_everything = False
        """Whether all changes show although a path is selected."""
        self.history: tuple[Change, ...] = ()
        self._groups: Groups | None = None
        self._path: tuple[Pair, frozenset[ArmId]] = (NO_PAIR, frozenset())
        self._shown: tuple[object, tuple[Row, ...]] = (None, ())

    # -- taking in ----------------------------------------------------------------------------

    def take(self, found: Comparison, file: str, names: tuple[str, str]) -> None:
        """Take a comparison with another snapshot."""
        self.found, self.file, self.names = found, file, names
        self.busy = self.trouble = ""
        self._groups, self._path = None, (NO_PAIR, frozenset())

    def take_over(self, other: Changes) -> None:
        """Show what another look at the same estate showed."""
        self.file, self.names, self.found = other.file, other.names, other.found
        self.is_everything = other.is_everything

    @property
    def is_stale(self) -> bool:
        """Whether the comparison is one of data that is no longer on show."""
        topology = self._desk.topology
        return self.found is not None and all(one is not topology for one in self._topologies())

    @property
    def is_order_guessed(self) -> bool:
        """Whether nothing says which of the two looks is the earlier."""
        found = self.found
        return found is not None and not is_order_known(found.before.topology, found.after.topology)

    def _topologies(self) -> list[object]:
        return [facts.topology for facts in self.looks]

    @property
    def looks(self) -> tuple[Facts, ...]:
        """The looks that are compared; without a comparison, the one on show."""
        found = self.found
        return (found.after, found.before) if found is not None else (self._desk.facts,)

    # -- working out --------------------------------------------------------------------------

    def work(self, pair: Pair) -> Work | None:
        """What has to be worked out before the list is complete."""
        if self._groups is None:
            return Work(("CHANGES", "", ""), self._list, is_page=False)
        if self._narrows(pair) and self._path[0] != pair:
            key = ("CHANGES", pair.client, pair.server)
            return Work(key, partial(self._follow, pair), is_page=False)
        return None

    def _list(self) -> tuple[()]:
        topology = self._desk.topology
        events = sorted(topology.all(Change), key=lambda one: one.id)
        events.sort(key=lambda one: one.time, reverse=True)
        self.history = tuple(events)
        groups = listing.of_comparison(self.found) if self.found is not None else []
        self._groups = groups + listing.of_history(topology, self.history)
        return ()

    def _follow(self, pair: Pair) -> tuple[()]:
        self._path = (pair, touched(self.looks, pair))
        return ()

    # -- rows ---------------------------------------------------------------------------------

    def _narrows(self, pair: Pair) -> bool:
        return pair.is_complete and not self.is_everything

    def touches(self, row: Row) -> bool:
        """Whether a change has to do with the path that was followed last."""
        pair, path = self._path
        if row.kind is RowKind.TURN and self.found is not None:
            turn = self.found.turns[row.at]
            return turn.server == pair.server and pair.client in turn.clients
        return is_on(path, row.id, self.looks)

    def on_path_of(self, pair: Pair) -> tuple[Row, ...]:
        """The changed resources and events that have a part in a path."""
        path = touched(self.looks, pair)
        kinds = (RowKind.CHANGED, RowKind.NEW, RowKind.REMOVED, RowKind.EVENT)
        every = (row for _, rows in self._groups or () for row in rows if row.kind in kinds)
        return tuple(row for row in every if is_on(path, row.id, self.looks))

    def rows(self, pair: Pair, sieve: Sieve) -> tuple[Row, ...]:
        """The rows of the list."""
        groups = self._groups
        key = (id(groups), pair, self._path[0], self.is_everything, sieve, self.busy, self.trouble)
        if self._shown[0] != key:
            self._shown = (key, tuple(self._made(groups or [], pair, sieve)))
        return self._shown[1]

    def _made(self, groups: Groups, pair: Pair, sieve: Sieve) -> list[Row]:
        made = self._top()
        if self._groups is None:
            return [*made, Row(RowKind.NOTE, "Listing the changes ...")]
        narrows = self._narrows(pair)
        if narrows:
            made.append(Row(RowKind.NOTE, "On the path only: v shows all", self._ends(pair)))
        if narrows and self._path[0] != pair:
            return [*made, Row(RowKind.NOTE, "Following the path ...")]

        def keeps(row: Row) -> bool:
            if narrows and not self.touches(row):
                return False
            if sieve.is_faults_only and not row.is_fault:
                return False
            return sieve.wanted.fits(_Seen(row))

        found = list(listing.shown(groups, keeps))
        return [*made, *(found or self._nothing(groups, is_narrowed=narrows or bool(sieve)))]

    def _top(self) -> list[Row]:
        if self.busy:
            return [Row(RowKind.COMPARE, self.busy, "esc stops it")]
        asks = Row(RowKind.COMPARE, "Compare with another snapshot ...", "enter")
        if self.trouble:
            mark = Piece("!", Tone.RISK)
            return [asks, Row(RowKind.NOTE, self.trouble, "", mark)]
        if self.found is None:
            return [asks, *self._without()]
        before, after = self.found.before.topology, self.found.after.topology
        is_dated = before.created_at or after.created_at
        ends = (moment(before), moment(after)) if is_dated else self.names
        made = [asks, Row(RowKind.HEAD, printable(" → ".join(ends)))]
        if self.is_order_guessed:
            made.append(Row(RowKind.NOTE, GUESSED, "", Piece("?", Tone.UNKNOWN)))
        return [*made, *([] if self.history else [self._no_history()])]

    def _without(self) -> list[Row]:
        if self.history:
            return []
        return [Row(RowKind.NOTE, "No other snapshot to compare with yet"), self._no_history()]

    def _no_history(self) -> Row:
        return Row(RowKind.NOTE, self.why_no_history())

    def why_no_history(self) -> str:
        """Why Azure's change history has nothing to show."""
        facts = self._desk.facts
        if history.is_read(facts):
            return "Change history: no change in its days"
        status = facts.topology.coverage.status(Change.KIND, TENANT)
        silent = (Status.READ, Status.NOT_READ)
        how = "not in this data" if status in silent else f"not read: {status.value}"
        return f"Change history: {how}"

    def _nothing(self, groups: Groups, *, is_narrowed: bool) -> list[Row]:
        number = sum(len(rows) for _, rows in groups)
        if is_narrowed and number:
            text = f"None of {count(number, 'change')} fits"
            return [Row(RowKind.NOTE, text)]
        if self.found is None:
            return []
        mark = Piece("✔", Tone.GOOD)
        return [Row(RowKind.NOTE, "No resource, verdict or finding differs", "", mark)]

    def _ends(self, pair: Pair) -> str:
        topology = self._desk.topology
        client = name_in(topology, pair.client) if pair.client[:1] == "/" else pair.client  # type: ignore[arg-type]
        return f"{client} → {name_in(topology, pair.server)}"

    @property
    def number(self) -> int:
        """How many changes there are, filtered or not."""
        return sum(len(rows) for _, rows in self._groups or ())


class _Seen:
    """A row as the filter sees it."""

    def __init__(self, row: Row) -> None:
        self._row = row

    @property
    def text(self) -> str:
        """What words are looked for in."""
        return self._row.text

    def has(self, key: str, value: str) -> bool:
        """Whether a field of the row fits."""
        row = self._row
        if key == "is":
            return row.kind.value.startswith(value) or (row.is_fault and "fault".startswith(value))
        if key == "kind":
            return value in row.note.lower().rpartition("  ")[2]
        if key == "name":
            return value in row.name.lower()
        if key == "check":
            return row.name.lower().startswith(value)
        return key in ("sub", "group") and value in row.id
