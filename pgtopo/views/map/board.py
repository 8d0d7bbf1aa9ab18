"""The map on a screen: what is looked at, how closely, and where the cursor is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.errors import PgtopoError
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.views.desk import Desk
from pgtopo.views.detail import Pair, Work
from pgtopo.views.forest import Role
from pgtopo.views.groupings import Grouping
from pgtopo.views.lines import Line, Piece
from pgtopo.views.literal import printable
from pgtopo.views.map.around import around
from pgtopo.views.map.caption import caption
from pgtopo.views.map.card import Card, Scene
from pgtopo.views.map.cards import Writer
from pgtopo.views.map.clusters import clusters
from pgtopo.views.map.drawing import Drawing
from pgtopo.views.map.homes import network_of
from pgtopo.views.map.moving import Way, ends, next_box, page
from pgtopo.views.map.path_drawing import path_drawing
from pgtopo.views.map.racks import plan
from pgtopo.views.map.scale import Scale
from pgtopo.views.map.stations import StationKind
from pgtopo.views.map.veiling import veiled_scene
from pgtopo.views.map.whole import OUTSIDE, usual_scale, whole
from pgtopo.views.search import node_hits
from pgtopo.views.sieve import Sieve

PATH = "path"
"""The focus that stands for the path between the marked ends."""

Veil = Callable[[str], str]


class _Made(NamedTuple):
    """A drawing with what it was made of."""

    scene: Scene
    drawing: Drawing


class Board:
    """The map of one estate; drawings are kept until something they show changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.focus = ""
        """Empty for the whole estate, `path`, or the id of what is looked at."""
        self.pair = Pair()
        """The two ends the path is drawn between."""
        self.scale: Scale | None = None
        self.opened: frozenset[str] = frozenset()
        """Bundles and hubs that are shown box by box."""
        self.cursor = ""
        self.sieve = Sieve()
        self._is_ready = False
        self._paths: dict[Pair, PathVerdict | str] = {}
        """Paths that were traced; a sentence where that was not possible."""
        self._made: dict[tuple[object, ...], _Made] = {}
        self._writer: tuple[int, Writer] | None = None
        self._roots: list[ArmId] = []
        """The network of every node of the tree by network; empty where it is in none."""
        self._kept: tuple[tuple[object, ...], frozenset[ArmId]] | None = None

    # -- work that takes time -------------------------------------------------------------------

    def work(self) -> Work | None:
        """What has to be worked out before the map can be drawn; nothing where it can."""
        if not self._is_ready:
            return Work(("map", "estate", ""), self._prepare, is_page=False)
        if self.focus == PATH and self.pair not in self._paths:
            pair = self.pair
            key = ("map", "path", f"{pair.client} {pair.server}")
            return Work(key, lambda: self._trace(pair), is_page=False)
        return None

    def _prepare(self) -> tuple[Line, ...]:
        clusters(self.desk.facts)
        self.desk.rollup(Grouping.NETWORK)
        self.desk.forest(Grouping.NETWORK).first(ArmId(""))
        self._roots = _roots(self.desk)
        self.desk.texts(Grouping.NETWORK)
        whole(self.desk, writer=self.writer)
        self._is_ready = True
        return ()

    def _trace(self, pair: Pair) -> tuple[Line, ...]:
        facts = self.desk.facts
        server = facts.topology.get(FlexibleServer, pair.server)
        if server is None:
            self._paths[pair] = "The server is not in this data."
            return ()
        try:
            self._paths[pair] = trace(facts, find_client(facts, pair.client), server)
        except PgtopoError as error:
            self._paths[pair] = printable(error.message)
        return ()

    @property
    def is_on_path(self) -> bool:
        """Whether the path between the marked ends is looked at."""
        return self.focus == PATH

    # -- looking --------------------------------------------------------------------------------

    @property
    def complaint(self) -> str:
        """Why the path cannot be drawn; empty where it can, or where no path is wanted."""
        found = self._paths.get(self.pair) if self.focus == PATH else None
        return found if isinstance(found, str) else ""

    def made(self, width: int, veil: Veil | None = None) -> _Made:
        """Scene and drawing as they are to be shown."""
        key = self._key(width, veil)
        known = self._made.get(key)
        if known is None:
            while len(self._made) > _MOST:
                del self._made[next(iter(self._made))]
            known = self._made[key] = self._make(width, veil)
        return known

    def _key(self, width: int, veil: Veil | None) -> tuple[object, ...]:
        problems = id(self.desk.problems)
        filtered = self.sieve if not self.focus else None
        pair = self.pair if self.focus == PATH else None
        is_veiled = veil is not None
        return (self.focus, pair, self.scale, self.opened, filtered, width, problems, is_veiled)

    def _make(self, width: int, veil: Veil | None) -> _Made:
        if self.focus == PATH:
            found = self._paths.get(self.pair)
            drawing = Drawing(width, 1)
            if found is not None and not isinstance(found, str):
                drawing = path_drawing(self.desk.facts, found, width=width, veil=veil)
            return _Made(Scene(title="along the marked path"), drawing)
        if self.focus:
            focus = ArmId(self.focus)
            scene = around(self.desk, focus, opened=self.opened, writer=self.writer)
        else:
            scene = self._whole()
        if veil is not None:
            scene = veiled_scene(scene, veil)
        return _Made(scene, plan(scene, width))

    def _whole(self) -> Scene:
        return whole(
            self.desk, self.scale, opened=self.opened, kept=self._keeping(), writer=self.writer
        )

    @property
    def writer(self) -> Writer:
        """Writes boxes, and keeps those it wrote, as long as the findings are the same."""
        now = id(self.desk.problems)
        if self._writer is None or self._writer[0] != now:
            self._writer = (now, Writer(self.desk))
        return self._writer[1]

    def _keeping(self) -> frozenset[ArmId] | None:
        """The networks that a filter keeps; None where there is none."""
        if not self.sieve:
            return None
        key = (self.sieve, id(self.desk.problems))
        if self._kept is None or self._kept[0] != key:
            desk, sieve = self.desk, self.sieve
            hits = node_hits(desk, Grouping.NETWORK, sieve.wanted, faults_only=sieve.is_faults_only)
            roots = self._roots
            self._kept = (key, frozenset({roots[at] for at in hits or ()} - {ArmId("")}))
        return self._kept[1]

    def caption(self, width: int, veil: Veil | None = None) -> tuple[Piece, ...]:
        """One line about what is under the cursor."""
        if self.focus == PATH:
            box = self.made(width, veil).drawing.box(self.cursor)
            return box.title if box is not None else ()
        return caption(self.made(width, veil).scene, self.cursor)

    # -- the cursor -----------------------------------------------------------------------------

    def card(self, width: int) -> Card | None:
        """The box under the cursor; None in a path, and where nothing is drawn."""
        return next((c for c in self.made(width).scene.cards if c.key == self.cursor), None)

    def selected(self, width: int) -> ArmId:
        """The resource under the cursor; empty for bundles and headings."""
        if self.focus == PATH:
            return ArmId(self.cursor.partition(" ")[2])
        card = self.card(width)
        return card.id if card is not None else ArmId("")

    def settle_cursor(self, width: int) -> None:
        """Put the cursor on a box that is there: its own, the wanted thing's, or the first."""
        drawing = self.made(width).drawing
        if drawing.box(self.cursor) is None:
            first = ends(drawing, is_last=False)
            self.cursor = first.key if first is not None else ""

    def move(self, way: Way, width: int) -> bool:
        """Go to the nearest box in a direction; False where there is none."""
        box = next_box(self.made(width).drawing, self.cursor, way)
        return self._to(box.key if box is not None else "")

    def page(self, rows: int, width: int) -> bool:
        """Go to a box about so many rows further."""
        box = page(self.made(width).drawing, self.cursor, rows)
        return self._to(box.key if box is not None else "")

    def to_end(self, width: int, *, is_last: bool) -> bool:
        """Go to the first or last box."""
        box = ends(self.made(width).drawing, is_last=is_last)
        return self._to(box.key if box is not None else "")

    def next_fault(self, step: int, width: int) -> bool:
        """Go to the next box with a fault, in reading order and round the end."""
        made = self.made(width)
        faults = {card.key for card in made.scene.cards if card.sign.is_fault}
        ordered = sorted(made.drawing.boxes, key=lambda box: (box.y, box.x))
        keys = [box.key for box in ordered]
        at = keys.index(self.cursor) if self.cursor in keys else -1
        turned = [*keys[at + 1 :], *keys[: at + 1]]
        if step < 0:
            turned = [*reversed(keys[: max(at, 0)]), *reversed(keys[max(at, 0) :])]
        return self._to(next((key for key in turned if key in faults), ""))

    def _to(self, key: str) -> bool:
        if not key or key == self.cursor:
            return False
        self.cursor = key
        return True

    def find(self, arm_id: ArmId, width: int) -> bool:
        """Put the cursor on the box of a resource, or of the network it is in."""
        drawing = self.made(width).drawing
        home = network_of(self.desk.topology, arm_id)
        stations = (f"{kind.value} {arm_id}" for kind in StationKind)
        for key in (arm_id, f"zone {arm_id}", *stations, home or ""):
            if key and drawing.box(key) is not None:
                self.cursor = key
                return True
        return False

    # -- changing what is shown -----------------------------------------------------------------

    def open_box(self, width: int) -> bool:
        """Show a bundle box by box, or put it together again; False where it is no bundle."""
        card = self.card(width)
        if card is None:
            return False
        if card.key in self.opened:
            self.opened -= {card.key}
            return True
        if not card.members:
            return self._close_bundle(card)
        self.opened |= {card.key}
        if card.id == "":
            self.cursor = card.members[0]
        return True

    def _close_bundle(self, card: Card) -> bool:
        """Put the bundle together again that a box came out of."""
        opened, self.opened = self.opened, frozenset()
        folded = self._whole().cards
        self.opened = opened
        for bundle in folded:
            if card.id in bundle.members and bundle.key in self.opened:
                self.opened -= {bundle.key}
                self.cursor = bundle.key
                return True
        return False

    def zoom(self) -> Scale:
        """Let boxes say more, or the least again."""
        now = self.scale if self.scale is not None else usual_scale(self.desk)
        self.scale = now.next
        return self.scale


def _roots(desk: Desk) -> list[ArmId]:
    forest = desk.forest(Grouping.NETWORK)
    found: list[ArmId] = []
    for at, node in enumerate(forest.nodes):
        if node.depth == 0:
            is_outside = node.role is Role.FOLDER
            found.append(OUTSIDE if is_outside else node.id)
        else:
            found.append(found[forest.parents[at]])
    return found


_MOST = 12
"""Drawings kept."""
