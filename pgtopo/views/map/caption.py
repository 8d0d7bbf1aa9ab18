"""One line about the box under the cursor: what it is, how it is joined, what is wrong."""

from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.card import Card, Limb, Scene
from pgtopo.views.map.link_state import LinkKind


def caption(scene: Scene, key: str) -> tuple[Piece, ...]:
    """What there is to say of a box in one line; nothing where there is no such box."""
    for plate in scene.plates:
        if plate.head.key == key:
            tail = f"  joins {len(plate.limbs)} below" if plate.limbs else ""
            return (*_named(plate.head), Piece(tail, Tone.DIM))
        for limb in plate.limbs:
            if limb.card.key == key:
                return (*_named(limb.card), *_joined(limb, plate.head))
    return ()


def _named(card: Card) -> tuple[Piece, ...]:
    word = (Piece(f"{card.word} ", Tone.DIM),) if card.word else ()
    return (*word, Piece(card.name, Tone.STRONG))


def _joined(limb: Limb, head: Card) -> tuple[Piece, ...]:
    if limb.state is None:
        return ()
    look = limb.state.look
    how = "" if limb.kind is LinkKind.PEERING else f" by {limb.kind.value}"
    text = f": {limb.text}" if limb.text else ""
    return (
        Piece(f"  {look.sign} ", look.tone),
        Piece(f"{limb.state.value}{text}", look.tone),
        Piece(f"{how} to {head.name}" if head.id else how, Tone.DIM),
    )


LEGEND: tuple[tuple[str, str], ...] = (
    ("─●─", "connected"),
    ("┄○┄", "no forwarded traffic"),
    ("─◐ ", "half made"),
    (" ✖ ", "disconnected"),
    ("┄▲┄", "limited"),
    ("┈?┈", "unknown"),
)
"""Wires and what they mean, the usual ones first."""

_SHORT = (
    ("●", "connected"),
    ("○", "not forwarded"),
    ("◐", "half made"),
    ("✖", "disconnected"),
    ("▲", "limited"),
    ("?", "unknown"),
)
"""The same where there is little room."""


PATH_LEGEND: tuple[tuple[str, str], ...] = (
    ("│", "packets pass"),
    ("✖", "what blocks them"),
    ("┆", "none gets here"),
    ("┊", "not known"),
)
"""The same for a path."""


def legend(width: int, *, is_path: bool = False) -> tuple[Piece, ...]:
    """What the wires mean, as much as fits."""
    found: list[Piece] = []
    entries, gap = PATH_LEGEND if is_path else LEGEND, 3
    if sum(len(wire) + len(text) + 1 + gap for wire, text in entries) - gap > width and not is_path:
        entries, gap = _SHORT, 2
    for wire, text in entries:
        size = len(wire) + len(text) + 1 + gap
        if size - gap <= width:
            found += [Piece(f"{wire} "), Piece(text + " " * gap, Tone.DIM)]
            width -= size
    return tuple(found)
