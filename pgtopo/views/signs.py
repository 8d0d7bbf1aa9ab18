"""Signs: the one mark a thing carries in lists and trees, and how marks roll up to parents."""

from enum import IntEnum
from typing import NamedTuple

from pgtopo.views import glyphs
from pgtopo.views.lines import Tone


class Sign(IntEnum):
    """A verdict or severity, the most important first, so that the least value is the worst."""

    BAD = 0
    """Blocked, or a finding of severity error."""
    MIXED = 1
    RISK = 2
    """A finding of severity warning."""
    UNKNOWN = 3
    GOOD = 4
    INFO = 5
    NONE = 6
    """Nothing to say."""

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong, rather than unknown or fine."""
        return self <= Sign.RISK

    @property
    def tone(self) -> Tone:
        """The tone to show it in."""
        return _TONES[self]

    def shown(self, *, is_ascii: bool = False) -> str:
        """The glyph, or its plain twin; a blank where there is nothing to say."""
        mark = _MARKS.get(self)
        return mark.shown(is_ascii=is_ascii) if mark else " "


_MARKS = {
    Sign.BAD: glyphs.BLOCKED,
    Sign.MIXED: glyphs.MIXED,
    Sign.RISK: glyphs.RISK,
    Sign.UNKNOWN: glyphs.UNKNOWN,
    Sign.GOOD: glyphs.OPEN,
    Sign.INFO: glyphs.NOTE,
}

_TONES = {
    Sign.BAD: Tone.BAD,
    Sign.MIXED: Tone.MIXED,
    Sign.RISK: Tone.RISK,
    Sign.UNKNOWN: Tone.UNKNOWN,
    Sign.GOOD: Tone.GOOD,
    Sign.INFO: Tone.INFO,
    Sign.NONE: Tone.DIM,
}


class Tally(NamedTuple):
    """How many findings there are of each weight."""

    errors: int = 0
    warnings: int = 0
    unknowns: int = 0
    infos: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


NOTHING = Tally()


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 server`, `3 servers`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
