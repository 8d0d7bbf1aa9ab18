"""Places the boxes of a scene: every head over the full width, what hangs on it in racks below.

Each rack is a trunk that leaves the head downwards, with boxes at its right; every box has its own
wire to the trunk, which tells how it is joined.
"""

from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.card import Card, Limb, Plate, Row, Scene
from pgtopo.views.map.cards import title_of
from pgtopo.views.map.drawing import Border, Box, Drawing, Mark, Stroke, Wire, clipped, size
from pgtopo.views.map.link_state import LinkKind, LinkState
from pgtopo.views.signs import Sign

RACK = 36
"""The least columns of a rack, wire and box together."""
_WIDEST_RACK = 66
"""The most columns of a rack, where few boxes share much room."""
_WIRE = 4
"""Columns from the trunk to the box."""
_SPINE = 3
"""Columns kept at the left for the wire between heads."""
_HALF = 2
_WIDEST = 44
"""Columns after which a line of a head is rather cut than given a row of its own."""
_GAP = 2


def plan(scene: Scene, width: int, rack: int = RACK) -> Drawing:
    """The scene as boxes and wires of a width, in racks of at least so many columns."""
    return _Planner(scene, max(width, rack), rack).drawing()


class _Planner:
    """Goes down the plates."""

    def __init__(self, scene: Scene, width: int, rack: int) -> None:
        self._scene = scene
        self._width = width
        self._left = _SPINE if scene.backbone is not None else 0
        self._racks = max(1, (width - self._left) // rack)
        self._y = 0
        self._boxes: list[Box] = []
        self._wires: list[Wire] = []
        self._marks: list[Mark] = []

    def drawing(self) -> Drawing:
        """Every plate below the one before."""
        for at, plate in enumerate(self._scene.plates):
            if at:
                self._y += 1
            self._plate(plate)
        if self._scene.backbone is not None:
            self._spine(self._scene.backbone)
        return Drawing(
            self._width,
            max(self._y, 1),
            tuple(self._boxes),
            tuple(self._wires),
            tuple(self._marks),
        )

    def _plate(self, plate: Plate) -> None:
        rows = self._flowed(plate.head)
        head = _box(plate.head, self._left, self._y, self._width - self._left, rows)
        if plate.head.border is Border.LIGHT and plate.head.id:
            head = head._replace(border=Border.HEAVY)
        self._boxes.append(head)
        self._y += head.height
        if plate.limbs:
            self._hang(plate.limbs, head)

    def _flowed(self, card: Card) -> tuple[Row, ...]:
        """The lines of a head in columns, as many as they fit into."""
        room = self._width - self._left - 4
        widest = max(map(size, card.lines), default=0)
        columns = max(1, room // (min(widest, _WIDEST) + _GAP))
        blocks = _blocks(card.lines)
        deepest = -(-len(card.lines) // columns)
        stacks: list[list[Row]] = [[]]
        for block in blocks:
            if stacks[-1] and len(stacks[-1]) + len(block) > deepest and len(stacks) < columns:
                stacks.append([])
            stacks[-1] += block
        step = room // len(stacks)
        return tuple(
            tuple(
                piece
                for stack in stacks
                for piece in _padded(stack[at] if at < len(stack) else (), step, _GAP)
            )
            for at in range(max(map(len, stacks)))
        )

    def _hang(self, limbs: tuple[Limb, ...], head: Box) -> None:
        """Every box below the shortest rack."""
        top = self._y
        count = min(self._racks, len(limbs))
        step = min((self._width - self._left) // count, _WIDEST_RACK)
        ends = [top] * count
        tails = [head.y + head.height - 1] * count
        has_wires = any(limb.state is not None for limb in limbs)
        for limb in limbs:
            rack = min(range(count), key=lambda at: ends[at])
            x = self._left + rack * step
            box = _box(limb.card, x + 1 + _WIRE, ends[rack], step - 2 - _WIRE)
            self._boxes.append(box)
            if limb.state is not None:
                self._wire(limb, limb.state, x + 1, box)
                tails[rack] = box.y + 1
            ends[rack] = box.y + box.height
        if has_wires:
            start = head.y + head.height - 1
            for rack, tail in enumerate(tails):
                x = self._left + rack * step + 1
                if tail > start:
                    self._wires.insert(0, Wire(((x, start), (x, tail)), Stroke.SOLID, Tone.DIM))
        self._y = max(ends)

    def _wire(self, limb: Limb, state: LinkState, x: int, box: Box) -> None:
        look = state.look
        y = box.y + 1
        stroke = look.stroke
        if limb.kind in (LinkKind.TUNNEL, LinkKind.GROUP) and stroke is Stroke.SOLID:
            stroke = Stroke.DOUBLE
        ends = {LinkState.HALF: x + _HALF, LinkState.DISCONNECTED: x + 1}
        end = ends.get(state, box.x)
        self._wires.append(Wire(((x, y), (end, y)), stroke, look.tone))
        self._marks.append(Mark(x + _HALF, y, (Piece(look.sign, look.tone),)))

    def _spine(self, state: LinkState) -> None:
        """The wire that joins all heads, at the left edge."""
        heads = [box for box in self._boxes if box.x == self._left and box.border is Border.HEAVY]
        if len(heads) < 2:
            return
        look = state.look
        top, bottom = heads[0].y + 1, heads[-1].y + 1
        self._wires.append(Wire(((0, top), (0, bottom)), look.stroke, look.tone))
        for head in heads:
            y = head.y + 1
            self._wires.append(Wire(((0, y), (head.x, y)), look.stroke, look.tone))
            self._marks.append(Mark(1, y, (Piece(look.sign, look.tone),)))


def _blocks(rows: tuple[Row, ...]) -> list[list[Row]]:
    """Rows with the indented ones that belong to them."""
    blocks: list[list[Row]] = []
    for row in rows:
        if blocks and row and row[0].text.startswith("  "):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _padded(row: Row, width: int, gap: int) -> Row:
    kept = clipped(row, width - gap)
    return (*kept, Piece(" " * (width - size(kept))))


def _box(card: Card, x: int, y: int, width: int, rows: tuple[Row, ...] | None = None) -> Box:
    lines = card.lines if rows is None else rows
    tag = (Piece(card.tag, Tone.DIM),) if card.tag else ()
    return Box(
        key=card.key,
        x=x,
        y=y,
        width=width,
        height=max(len(lines), 1) + 2,
        border=card.border,
        tone=card.sign.tone if card.sign in (Sign.BAD, Sign.MIXED) else Tone.DIM,
        title=title_of(card),
        tag=tag,
        lines=lines,
    )
