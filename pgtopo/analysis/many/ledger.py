"""What all stages say about one client and every end, and what it comes to."""

from collections.abc import Iterable
from typing import NamedTuple

from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.outs import Out
from pgtopo.analysis.verdict import Stage, Verdict

_STAGES = tuple(Stage)
_DNS = _STAGES.index(Stage.DNS)
_PLACE = {stage: index for index, stage in enumerate(_STAGES)}


class Totals(NamedTuple):
    """Ends by what they come to."""

    blocked: Mask
    unknown: Mask
    dns_blocked: Mask
    dns_unknown: Mask
    network_blocked: Mask
    network_unknown: Mask


class Ledger:
    """The stages of one client's paths to all ends."""

    __slots__ = ("_said", "left_over")

    def __init__(self, left_over: Mask = 0) -> None:
        self._said: tuple[list[tuple[Out, Mask]], ...] = tuple([] for _ in _STAGES)
        self.left_over: Mask = left_over
        """Ends whose path has to be traced by itself."""

    def say(self, stage: Stage, out: Out, mask: Mask) -> None:
        """Note what a stage says about some ends; nothing to note where all is fine."""
        if mask and out.level:
            self._said[_PLACE[stage]].append((out, mask))

    def say_all(self, stage: Stage, outs: Iterable[tuple[Out, Mask]], within: Mask) -> None:
        """Note several things a stage says, as far as they are about some ends."""
        held = self._said[_PLACE[stage]]
        for out, mask in outs:
            if out.level and (both := mask & within):
                held.append((out, both))

    def about(self, bit: Mask) -> tuple[tuple[Stage, Out], ...]:
        """What was said about one end, stage by stage."""
        return tuple(
            (stage, out)
            for stage, held in zip(_STAGES, self._said, strict=True)
            for out, mask in held
            if mask & bit
        )

    def totals(self, ends: Mask) -> Totals:
        """What it comes to for some ends."""
        dns = self._levels(self._said[_DNS : _DNS + 1], ends)
        network = self._levels((*self._said[:_DNS], *self._said[_DNS + 1 :]), ends)
        blocked = dns[0] | network[0]
        unknown = (dns[1] | network[1]) & ~blocked
        return Totals(blocked, unknown, *dns, *network)

    @staticmethod
    def _levels(said: Iterable[list[tuple[Out, Mask]]], ends: Mask) -> tuple[Mask, Mask]:
        blocked = unknown = 0
        for held in said:
            for out, mask in held:
                if out.level == 2:
                    blocked |= mask
                else:
                    unknown |= mask
        blocked &= ends
        return blocked, unknown & ends & ~blocked

    def codes(self, ends: Mask, totals: Totals) -> dict[str, Mask]:
        """Ends by the code of the first step that stands in the way."""
        found: dict[str, Mask] = {}
        left_blocked, left_unknown = totals.blocked & ends, totals.unknown & ends
        fine = ends & ~left_blocked & ~left_unknown
        for held in self._said:
            for out, mask in held:
                if out.level == 2:
                    hit = mask & left_blocked
                    left_blocked ^= hit
                else:
                    hit = mask & left_unknown
                    left_unknown ^= hit
                if hit:
                    found[out.code] = found.get(out.code, 0) | hit
        if fine:
            found["OK"] = fine
        return found


def verdict_in(bit: Mask, blocked: Mask, unknown: Mask) -> Verdict:
    """The verdict of one end."""
    if blocked & bit:
        return Verdict.BLOCKED
    return Verdict.UNKNOWN if unknown & bit else Verdict.ALLOWED
