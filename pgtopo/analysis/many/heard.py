"""What a side of a path says about one client, as references to answers that clients share."""

from typing import NamedTuple

from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.ledger import Ledger
from pgtopo.analysis.many.outs import Out
from pgtopo.analysis.verdict import Stage

Items = tuple[tuple[Out, Mask], ...]
"""Answers with the ends they are about."""

Said = tuple[Stage, Items, Mask]
"""What a stage says, as far as some ends are concerned."""


class Heard(NamedTuple):
    """What is said about one client and some ends."""

    left_over: Mask
    """Ends whose path has to be traced by itself."""
    said: tuple[Said, ...]

    @property
    def key(self) -> tuple[Mask, tuple[tuple[Stage, int, Mask], ...]]:
        """Equal for clients that hear the same, as long as what they heard is kept."""
        return self.left_over, tuple((stage, id(items), held) for stage, items, held in self.said)

    def write(self, ledger: Ledger) -> None:
        """Put it into a client's ledger."""
        ledger.left_over |= self.left_over
        for stage, items, held in self.said:
            ledger.say_all(stage, items, held)


SILENCE = Heard(0, ())
