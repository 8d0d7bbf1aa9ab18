"""The workbench with the map: every action of a user on the map is a step here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.views import state
from pgtopo.views.desk import Desk
from pgtopo.views.detail import Detail, Work
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Line, Piece, Tone, to_resource
from pgtopo.views.map.board import PATH, Board
from pgtopo.views.map.card import Card
from pgtopo.views.map.scale import Scale
from pgtopo.views.ordered_bench import OrderedBench
from pgtopo.views.signs import count
from pgtopo.views.state import Place, Tab, View
from pgtopo.views.workbench import Workbench

if TYPE_CHECKING:
    from pgtopo.views.sieve import Sieve

_SCALES = {
    Scale.FAR: "names and numbers",
    Scale.MIDDLE: "servers by name",
    Scale.CLOSE: "every finding",
}


class MapBench(OrderedBench):
    """One estate on show, with its map."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board = Board(desk)
        self.map_width = 80
        """The columns the map has; the pane that shows it says so."""

    @property
    def is_on_map(self) -> bool:
        """Whether the map is the screen one is on."""
        return self.view is View.MAP

    def map_work(self) -> Work | None:
        """What has to be worked out before the map can be shown."""
        return self.board.work() if self.is_on_map else None

    def map_shown(self) -> None:
        """Put the cursor on the selected thing, or on the network it is in, once there is a map.

        What is selected stays selected, so that one can look around a server, too.
        """
        if self.is_on_map and self.board.work() is None:
            wanted, board, width = self.state.place.id, self.board, self.map_width
            if wanted and (board.selected(width) == wanted or board.find(wanted, width)):
                return
            board.settle_cursor(width)
            self.moved_on_map()

    def moved_on_map(self) -> None:
        """Take over the box under the map's cursor."""
        selected = self.board.selected(self.map_width)
        place = Place(View.MAP, selected, focus=self.board.focus)
        self.state = state.moved(self.state, place)

    # -- steps of the map -----------------------------------------------------------------------

    def turn_map(self) -> str:
        """The whole estate, then what surrounds the selected thing, then the marked path."""
        board, selected = self.board, self.state.place.id
        if not board.focus and selected:
            self._look_at(selected)
            return f"around {name_in(self.desk.topology, selected)}: v goes on, esc goes back"
        if board.focus != PATH and self.ends.pair.is_complete:
            self._look_at(PATH)
            return "along the marked path"
        if not board.focus:
            return "nothing to look around here: select a network"
        self._look_at("")
        return "the whole estate"

    def _look_at(self, focus: str) -> None:
        self.board.focus = focus
        self.board.pair = self.ends.pair
        selected = self.state.place.id
        wanted = ArmId("") if focus == PATH else selected
        self.state = state.went(self.state, Place(View.MAP, wanted, focus=focus))
        self.map_shown()

    def open_box(self) -> str:
        """Show a bundle box by box or together again; says where that is not possible."""
        if not self.board.open_box(self.map_width):
            return "nothing to open here: v shows what surrounds it"
        self.board.settle_cursor(self.map_width)
        self.moved_on_map()
        return ""

    def magnify(self) -> str:
        """Let boxes say more, or the least again; says how much they say."""
        if self.board.focus:
            return "the whole estate alone is shown in several sizes"
        scale = self.board.zoom()
        self.board.settle_cursor(self.map_width)
        return f"boxes say: {_SCALES[scale]}"

    def show_in_estate(self) -> None:
        """Go to the selected thing in the tree."""
        if self.state.place.id:
            self.follow(to_resource(self.state.place.id))

    # -- steps that every screen has --------------------------------------------------------------

    def go(self, view: View) -> None:
        """Switch to a screen; the map opens where the selected thing is."""
        wanted = self.state.place.id
        super().go(view)
        if view is View.MAP:
            place = Place(View.MAP, wanted, focus=self.board.focus)
            self.state = state.moved(self.state, place)
            self.map_shown()

    def _arrive(self) -> None:
        place = self.state.place
        if place.view is not View.MAP:
            super()._arrive()
            return
        self.board.focus = place.focus
        self.map_shown()

    def _sift(self, sieve: Sieve) -> None:
        if not self.is_on_map:
            super()._sift(sieve)
            return
        self.sieves[View.MAP] = self.board.sieve = sieve
        if self.board.focus and sieve:
            self._look_at("")
        self.map_shown()

    def next_hit(self, step: int) -> bool:
        """Go to the next box with a fault."""
        if not self.is_on_map:
            return super().next_hit(step)
        found = self.board.next_fault(step, self.map_width)
        self.moved_on_map()
        return found

    def trace(self) -> str:
        """Draw the path between the two ends; says what is lacking, else nothing."""
        if not self.is_on_map:
            return super().trace()
        held = self.desk.topology.find(self.state.place.id)
        is_asked = isinstance(held, FlexibleServer) or not self.ends.pair.is_complete
        if is_asked and (lacking := self.ends.complete_with(held)):
            return lacking
        self._look_at(PATH)
        return ""

    def take_place_of(self, other: Workbench) -> None:
        """Show the same place, arranged and filtered in the same way."""
        if isinstance(other, MapBench):
            mine, theirs = self.board, other.board
            mine.focus, mine.scale, mine.opened = theirs.focus, theirs.scale, theirs.opened
            mine.cursor, mine.sieve, mine.pair = theirs.cursor, theirs.sieve, theirs.pair
            self.map_width = other.map_width
        super().take_place_of(other)

    # -- pages ----------------------------------------------------------------------------------

    def page(self) -> Detail:
        """The details of what is selected; of a bundle, what is in it."""
        if not self.is_on_map or self.state.place.id or self.map_work() is not None:
            return super().page()
        card = self.board.card(self.map_width)
        if card is None:
            return Detail("Map", (), Tab.OVERVIEW, ())
        return Detail(card.name, (), Tab.OVERVIEW, self._members(card))

    def _members(self, card: Card) -> tuple[Line, ...]:
        topology = self.desk.topology
        rows = [
            Line((Piece(name_in(topology, one), Tone.LINK),), 0, to_resource(one))
            for one in card.members
        ]
        if not rows:
            return tuple(Line(row) for row in card.lines)
        return (Line((Piece(count(len(rows), "network"), Tone.DIM),)), *rows)

    def status(self, *, note: str = "") -> tuple[Piece, ...]:
        """The status line."""
        pieces = super().status(note=note)
        if not self.is_on_map or self.map_work() is not None:
            return pieces
        hidden = self.board.made(self.map_width).scene.hidden
        if not hidden:
            return pieces
        return (*pieces, Piece(f"{count(hidden, 'network')} hidden by filter", Tone.UNKNOWN))
