"""How two networks are joined, and how that looks on the wire between them."""

from enum import Enum
from typing import NamedTuple

from pgtopo.views.lines import Tone
from pgtopo.views.map.drawing import Stroke


class LinkState(Enum):
    """What a link carries, the worst last."""

    CONNECTED = "connected"
    NO_FORWARDED = "no forwarded traffic"
    LIMITED = "connected with a limit"
    UNKNOWN = "state unknown"
    HALF = "half made"
    DISCONNECTED = "disconnected"

    @property
    def look(self) -> "Look":
        """How it is drawn."""
        return LOOKS[self]

    @property
    def is_fault(self) -> bool:
        """Whether nothing passes."""
        return self in (LinkState.HALF, LinkState.DISCONNECTED)

    @property
    def rank(self) -> int:
        """The greater, the worse."""
        return _RANKS[self]


class Look(NamedTuple):
    """Sign and stroke of a wire: either alone tells the state, without colour."""

    sign: str
    stroke: Stroke
    tone: Tone


LOOKS = {
    LinkState.CONNECTED: Look("●", Stroke.SOLID, Tone.DIM),
    LinkState.NO_FORWARDED: Look("○", Stroke.DASHED, Tone.DIM),
    LinkState.LIMITED: Look("▲", Stroke.DASHED, Tone.RISK),
    LinkState.UNKNOWN: Look("?", Stroke.DOTTED, Tone.UNKNOWN),
    LinkState.HALF: Look("◐", Stroke.SOLID, Tone.BAD),
    LinkState.DISCONNECTED: Look("✖", Stroke.BROKEN, Tone.BAD),
}

_RANKS = {state: at for at, state in enumerate(LinkState)}


class LinkKind(Enum):
    """What joins two networks."""

    PEERING = "peering"
    WAN = "Virtual WAN hub connection"
    GROUP = "connected group"
    TUNNEL = "gateway connection"


def wire_text(state: LinkState) -> str:
    """The wire in four columns, from the trunk to the box."""
    return _WIRES[state]


_WIRES = {
    LinkState.CONNECTED: "─●─",
    LinkState.NO_FORWARDED: "┄○┄",
    LinkState.LIMITED: "┄▲┄",
    LinkState.UNKNOWN: "┈?┈",
    LinkState.HALF: "─◐ ",
    LinkState.DISCONNECTED: " ✖ ",
}
