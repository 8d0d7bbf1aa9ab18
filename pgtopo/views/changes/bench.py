"""The workbench with changes: every action of a user on that screen is a step here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pgtopo.views import state
from pgtopo.views.changes import pages
from pgtopo.views.changes.changes import GUESSED, Changes
from pgtopo.views.changes.rows import Row, RowKind
from pgtopo.views.detail import WAITING, Detail, Pair, Work
from pgtopo.views.lines import BLANK, Line, Piece, Tone, command, line, title
from pgtopo.views.sieve import Sieve
from pgtopo.views.state import Place, Tab, View
from pgtopo.views.triage.bench import TriageBench

if TYPE_CHECKING:
    from pgtopo.model.ids import ArmId
    from pgtopo.model.topology import Topology
    from pgtopo.views.desk import Desk
    from pgtopo.views.workbench import Workbench


class ChangesBench(TriageBench):
    """One estate on show, with what changed about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.changes = Changes(desk)
        self.changes_at = 0
        """The row under the cursor of the list of changes."""

    @property
    def topologies(self) -> tuple[Topology, ...]:
        """Every estate whose names can be on the screen, the one on show first."""
        others = (facts.topology for facts in self.changes.looks)
        return tuple(dict.fromkeys((*super().topologies, *others)))

    @property
    def is_on_changes(self) -> bool:
        """Whether the list of changes is the screen one is on."""
        return self.view is View.CHANGES

    @property
    def changes_rows(self) -> tuple[Row, ...]:
        """The rows of the list."""
        return self.changes.rows(self.ends.pair, self.sieves.get(View.CHANGES, Sieve()))

    @property
    def changes_row(self) -> Row:
        """The row under the cursor."""
        found = self.changes_rows
        return found[min(self.changes_at, len(found) - 1)]

    def changes_work(self) -> Work | None:
        """What has to be worked out before the list is complete."""
        return self.changes.work(self.ends.pair) if self.is_on_changes else None

    def moved_in_changes(self, at: int) -> None:
        """Take over the row under the cursor."""
        self.changes_at = at
        self.state = state.moved(self.state, Place(View.CHANGES, self.changes_row.id))

    def turn_changes(self) -> str:
        """Everything, or only what touches the selected path; says what is lacking."""
        if not self.ends.pair.is_complete:
            return "select a path first: m marks its ends, t traces it"
        here = self.changes_row
        self.changes.is_everything = not self.changes.is_everything
        self._stay_on(here)
        return ""

    def _stay_on(self, row: Row) -> None:
        found = self.changes_rows
        self.moved_in_changes(found.index(row) if row in found else 0)

    # -- steps that every screen has ----------------------------------------------------------

    def go(self, view: View) -> None:
        """Switch to a screen."""
        super().go(view)
        if view is View.CHANGES:
            self.moved_in_changes(self.changes_at)

    def _sift(self, sieve: Sieve) -> None:
        if not self.is_on_changes:
            super()._sift(sieve)
            return
        here = self.changes_row
        self.sieves[View.CHANGES] = sieve
        self._stay_on(here)

    def next_hit(self, step: int) -> bool:
        """Go to the next change for the worse, or of a filtered list to the next change."""
        if not self.is_on_changes:
            return super().next_hit(step)
        every = bool(self.sieve)
        rows = self.changes_rows
        hits = [at for at, one in enumerate(rows) if one.is_fault or (every and one.is_change)]
        if not hits:
            return False
        here = self.changes_at
        if step > 0:
            found = next((at for at in hits if at > here), hits[0])
        else:
            found = next((at for at in reversed(hits) if at < here), hits[-1])
        self.moved_in_changes(found)
        return True

    def trace(self) -> str:
        """Show the path between the two ends, or of the verdict that turned."""
        pair = self._pair_of(self.changes_row) if self.is_on_changes else None
        if pair is not None:
            self.ends.pair = pair
        return super().trace()

    def _pair_of(self, row: Row) -> Pair | None:
        found = self.changes.found
        if found is None or row.kind is not RowKind.TURN:
            return None
        turn = found.turns[row.at]
        return Pair(turn.clients[0], turn.server)

    def take_place_of(self, other: Workbench) -> None:
        """Show the same place, arranged and filtered in the same way."""
        if isinstance(other, ChangesBench):
            self.changes.take_over(other.changes)
            self.changes_at = other.changes_at
        super().take_place_of(other)

    # -- pages --------------------------------------------------------------------------------

    def page(self) -> Detail:
        """What is known of the change under the cursor, or of what changed about a thing."""
        if self.view is View.ESTATE and self.state.tab is Tab.CHANGES and self.state.place.id:
            return self._own(super().page())
        if not self.is_on_changes:
            return super().page()
        row = self.changes_row
        if row.kind is RowKind.TURN:
            return self._turned(row)
        made = Detail(row.name if row.is_change else "What changed", (), Tab.OVERVIEW, ())
        return made._replace(lines=tuple(self._lines(row)))

    def _own(self, empty: Detail) -> Detail:
        arm_id, found = self.state.place.id, self.changes.found
        key = (f"OWN CHANGES {id(found)}", str(arm_id), "")
        known = self.desk.pages.get(key)
        if known is not None:
            return empty._replace(lines=known)
        work = Work(key, partial(self._own_lines, arm_id))
        return empty._replace(lines=WAITING, work=work)

    def _own_lines(self, arm_id: ArmId) -> tuple[Line, ...]:
        """What changed about one thing and what belongs to it."""
        found = self.changes.found
        if found is None:
            own = list(pages.history(self.desk, arm_id))[1:]
            none = line(Piece("No other snapshot to compare with: 7 chooses one.", Tone.DIM))
            return (*own, *([BLANK] if own else []), none)
        return tuple(pages.about(self.desk, found, arm_id))

    def _turned(self, row: Row) -> Detail:
        pair, found = self._pair_of(row), self.changes.found
        empty = Detail(f"{row.name}: {row.note}", (), Tab.OVERVIEW, WAITING)
        if pair is None or found is None:
            return empty
        key = (f"CHANGES {id(found)} {row.at}", pair.client, pair.server)
        known = self.desk.pages.get(key)
        if known is not None:
            return empty._replace(lines=known)
        return empty._replace(work=Work(key, partial(self._turned_lines, row, pair)))

    def _turned_lines(self, row: Row, pair: Pair) -> tuple[Line, ...]:
        found = self.changes.found
        if found is None:
            return ()
        touching = self.changes.on_path_of(pair)
        return tuple(pages.turned(found, found.turns[row.at], touching))

    def _lines(self, row: Row) -> list[Line]:
        found, desk = self.changes.found, self.desk
        if row.kind is RowKind.EVENT:
            return list(pages.event(desk, self.changes.history[row.at]))
        if found is None:
            return self._how_to()
        if row.kind is RowKind.CAME:
            return list(pages.came(desk, found, found.came[row.at]))
        if row.kind is RowKind.GONE:
            return list(pages.gone(found, found.gone[row.at]))
        if row.kind is RowKind.UNSURE:
            return list(pages.gone(found, found.unsure[row.at], is_sure=False))
        if row.kind in (RowKind.CHANGED, RowKind.NEW, RowKind.REMOVED):
            was, now = found.before.topology.find(row.id), found.after.topology.find(row.id)
            return list(pages.resource(desk, row, was, now, found))
        told = self._trouble()
        if self.changes.is_order_guessed:
            why = "No time says which of the two is the earlier."
            told += [line(Piece(f"{why} {GUESSED}.", Tone.UNKNOWN)), BLANK]
        return [*told, *pages.summary(found, self.changes.names)]

    def _trouble(self) -> list[Line]:
        """Why the snapshot that was chosen last cannot be compared with."""
        why = self.changes.trouble
        if not why:
            return []
        return [Line((Piece("Could not compare", Tone.BAD),)), line(why), BLANK]

    def _how_to(self) -> list[Line]:
        """What this screen shows, and how to get something to compare."""
        return [
            *self._trouble(),
            title("What changed between two snapshots"),
            line(
                "Which client subnets lost or gained access to which server, which findings came "
                "and went, and which resources are new, gone or changed."
            ),
            BLANK,
            line("enter on the first row chooses the other snapshot, earlier or later."),
            line("To have one, keep snapshots of the same scope, for instance one a day:"),
            command("pgtopo collect --changes -o estate-$(date +%F).json.zst"),
            BLANK,
            title("Azure's change history"),
            line(
                f"{self.changes.why_no_history().partition(': ')[2].capitalize()}. Azure keeps "
                "fourteen days of it; collect --changes adds it to a snapshot."
            ),
            BLANK,
            Line((Piece("With a path selected (m, t), only what touches it shows.", Tone.DIM),)),
        ]

    def status(self, *, note: str = "") -> tuple[Piece, ...]:
        """The status line."""
        pieces = super().status(note=note)
        if not self.is_on_changes:
            return pieces
        hidden = self.changes.number - sum(1 for row in self.changes_rows if row.is_change)
        if hidden <= 0:
            return pieces
        return (*pieces, Piece(f"{hidden:,} hidden by filter", Tone.UNKNOWN))
