"""The sentences and fact lines an overview is written with."""

from collections.abc import Callable, Iterable

from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology
from pgtopo.views.absence import reason, short_reason
from pgtopo.views.labels import name_in
from pgtopo.views.lines import BLANK, Line, Piece, Tone, piece, title, to_resource

WIDTH = 15
"""Columns kept for the name of a fact."""

MOST = 40
"""References listed before the rest is only counted."""


class Page:
    """An overview in the making: facts, references and sentences in order."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.lines: list[Line] = []

    def done(self) -> tuple[Line, ...]:
        """The finished lines."""
        return tuple(self.lines)

    def head(self, text: str) -> None:
        """A heading, with a blank line before it where it is not the first."""
        if self.lines:
            self.lines.append(BLANK)
        self.lines.append(title(text))

    def say(self, text: str, tone: Tone = Tone.PLAIN, indent: int = 0) -> None:
        """A sentence."""
        self.lines.append(Line((piece(text, tone),), indent))

    def fact(self, name: str, value: str, tone: Tone = Tone.PLAIN) -> None:
        """A named value; nothing where the value is empty."""
        if value:
            self.lines.append(Line((_name(name), piece(value, tone)), 0, None, "", WIDTH))

    def command(self, name: str, text: str) -> None:
        """A named command or text that can be copied."""
        shown = (_name(name), piece(text, Tone.CODE))
        self.lines.append(Line(shown, 0, None, shown[1].text, WIDTH))

    def ref(self, name: str, arm_id: ArmId | None, note: str = "", *, kind: str = "") -> None:
        """A named reference one can follow; says why where it leads nowhere."""
        if arm_id is None:
            return
        pieces = [_name(name), *reference(self.topology, arm_id, kind)]
        if note:
            pieces.append(piece("  " + note, Tone.DIM))
        self.lines.append(Line(tuple(pieces), 0, to_resource(arm_id), "", WIDTH))

    def item(self, arm_id: ArmId, note: str = "", tone: Tone = Tone.DIM) -> None:
        """A reference in a list under a heading."""
        pieces = (*reference(self.topology, arm_id), piece("  " + note if note else "", tone))
        self.lines.append(Line(pieces, 2, to_resource(arm_id), "", 2))

    def refs(
        self,
        name: str,
        arm_ids: Iterable[ArmId],
        note: Callable[[ArmId], str] | None = None,
        *,
        kind: str = "",
    ) -> None:
        """References under one name, one per line."""
        every = list(arm_ids)
        for at, arm_id in enumerate(every[:MOST]):
            self.ref(name if at == 0 else "", arm_id, note(arm_id) if note else "", kind=kind)
        if len(every) > MOST:
            self.fact("", f"and {len(every) - MOST:,} more", Tone.DIM)

    def why_absent(self, arm_id: ArmId, kind: str = "") -> None:
        """The sentence on why a thing is not here."""
        self.say(reason(self.topology, arm_id, kind), Tone.UNKNOWN)


def _name(name: str) -> Piece:
    return piece(f"{name:<{WIDTH}}", Tone.DIM)


def reference(topology: Topology, arm_id: ArmId, kind: str = "") -> tuple[Piece, ...]:
    """The name of a resource as a link, marked where it is not in the data."""
    name = name_in(topology, arm_id)
    if topology.find(arm_id) is not None:
        return (Piece(name, Tone.LINK),)
    return (
        Piece(name, Tone.GHOST),
        Piece(f" ({short_reason(topology, arm_id, kind)})", Tone.UNKNOWN),
    )


def yes_no(value: bool | None) -> str:  # noqa: FBT001  the value itself
    """A yes, a no, or that the row does not say."""
    return "not stated" if value is None else "yes" if value else "no"
