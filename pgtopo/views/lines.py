"""Lines of toned text: what every pane is given to paint."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from pgtopo.model.ids import ArmId
from pgtopo.views.literal import printable


class Tone(Enum):
    """What a piece of text means; the interface decides how that looks."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    TITLE = "title"
    BAD = "bad"
    MIXED = "mixed"
    RISK = "risk"
    UNKNOWN = "unknown"
    GOOD = "good"
    INFO = "info"
    LINK = "link"
    GHOST = "ghost"
    CODE = "code"
    HIT = "hit"


class TargetKind(Enum):
    """What a reference leads to."""

    RESOURCE = "resource"
    PROBLEM = "problem"


class Target(NamedTuple):
    """Where a line leads when it is opened."""

    kind: TargetKind
    id: str


class Piece(NamedTuple):
    """Some text of one tone; the text holds nothing that acts on a terminal."""

    text: str
    tone: Tone = Tone.PLAIN


class Line(NamedTuple):
    """One line, before it is wrapped to a width."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    """Columns in front, kept where the line is wrapped."""
    target: Target | None = None
    copies: str = ""
    """What is copied where this line is copied as a command; empty where it is no command."""
    hang: int = 0
    """Further columns in front of wrapped parts."""


BLANK = Line()


def piece(text: str, tone: Tone = Tone.PLAIN) -> Piece:
    """A piece of text from data, made safe to show."""
    return Piece(printable(text), tone)


def line(*pieces: Piece | str, indent: int = 0, target: Target | None = None) -> Line:
    """A line of pieces; bare texts are plain."""
    made = tuple(piece(p) if isinstance(p, str) else p for p in pieces)
    return Line(made, indent, target)


def title(text: str) -> Line:
    """A heading inside a pane."""
    return Line((piece(text, Tone.TITLE),))


def command(text: str, indent: int = 2) -> Line:
    """A command that can be copied, as it is shown."""
    shown = piece(text, Tone.CODE)
    return Line((shown,), indent, None, shown.text, 2)


def to_resource(arm_id: ArmId) -> Target:
    """The target that leads to a resource."""
    return Target(TargetKind.RESOURCE, arm_id)


def to_problem(key: str) -> Target:
    """The target that leads to a finding."""
    return Target(TargetKind.PROBLEM, key)


def plain(lines: Iterable[Line]) -> str:
    """The lines as plain text."""
    return "\n".join(" " * one.indent + "".join(p.text for p in one.pieces) for one in lines)
