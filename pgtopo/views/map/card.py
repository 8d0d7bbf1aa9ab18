"""What a box says, before it has a place: a title, a tag, and lines."""

import msgspec

from pgtopo.model.ids import ArmId
from pgtopo.views.lines import Piece
from pgtopo.views.map.drawing import Border
from pgtopo.views.map.link_state import LinkKind, LinkState
from pgtopo.views.map.links import Link
from pgtopo.views.signs import Sign

Row = tuple[Piece, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One box to be drawn."""

    key: str
    id: ArmId = ArmId("")
    """The resource it stands for; empty for bundles and headings."""
    word: str
    """What people call it."""
    name: str
    tag: str = ""
    sign: Sign = Sign.NONE
    lines: tuple[Row, ...] = ()
    members: tuple[ArmId, ...] = ()
    """Of a bundle: the networks in it."""
    border: Border = Border.LIGHT


class Limb(msgspec.Struct, frozen=True, kw_only=True):
    """A box that hangs on another by a wire; without a state it only stands beside it."""

    card: Card
    state: LinkState | None = None
    kind: LinkKind = LinkKind.PEERING
    text: str = ""
    """What limits the link."""
    ids: tuple[ArmId, ...] = ()
    """The resources behind the wire."""


class Plate(msgspec.Struct, frozen=True, kw_only=True):
    """A box with everything that hangs on it."""

    head: Card
    limbs: tuple[Limb, ...] = ()


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is drawn."""

    title: str
    plates: tuple[Plate, ...] = ()
    backbone: LinkState | None = None
    """Set where every head is joined to every other, and all links stand alike."""
    cross: tuple[Link, ...] = ()
    """Links that are written into boxes instead of drawn as wires."""
    notes: tuple[str, ...] = ()
    """What the drawing does not know."""
    hidden: int = 0
    """Networks that a filter leaves out."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every box, in reading order."""
        return tuple(
            card for plate in self.plates for card in (plate.head, *(x.card for x in plate.limbs))
        )
