"""A scene without real names: texts are exchanged before they are placed and cut."""

from collections.abc import Callable

import msgspec

from pgtopo.views.lines import Piece
from pgtopo.views.map.card import Card, Limb, Plate, Row, Scene


def veiled_scene(scene: Scene, veil: Callable[[str], str]) -> Scene:
    """The same scene with every text as the veil gives it."""
    return msgspec.structs.replace(
        scene,
        title=veil(scene.title),
        plates=tuple(_plate(one, veil) for one in scene.plates),
    )


def _plate(plate: Plate, veil: Callable[[str], str]) -> Plate:
    return Plate(head=_card(plate.head, veil), limbs=tuple(_limb(one, veil) for one in plate.limbs))


def _limb(limb: Limb, veil: Callable[[str], str]) -> Limb:
    return msgspec.structs.replace(limb, card=_card(limb.card, veil), text=veil(limb.text))


def _card(card: Card, veil: Callable[[str], str]) -> Card:
    return msgspec.structs.replace(
        card,
        name=veil(card.name),
        tag=veil(card.tag),
        lines=tuple(_row(row, veil) for row in card.lines),
    )


def _row(row: Row, veil: Callable[[str], str]) -> Row:
    return tuple(Piece(veil(one.text), one.tone) for one in row)
