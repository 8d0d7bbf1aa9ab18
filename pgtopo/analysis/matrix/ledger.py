"""What all stages say about one client and every slot, and what it comes to."""

from typing import NamedTuple

from pgtopo.analysis.matrix.places import Mask, Out
from pgtopo.analysis.verdict import Stage, Verdict


class Totals(NamedTuple):
    """Slots by what they come to."""

    blocked: Mask
    unknown: Mask
    dns_blocked: Mask
    dns_unknown: Mask
    network_blocked: Mask
    network_unknown: Mask


class Ledger:
    """The stages of one client's paths to all slots."""

    __slots__ = ("_said", "left_over")

    def __init__(self) -> None:
        self._said: dict[Stage, dict[Out, Mask]] = {}
        self.left_over: Mask = 0
        """Slots whose path has to be traced by itself."""

    def say(self, stage: Stage, out: Out, mask: Mask) -> None:
        """Note what a stage says about some slots; nothing to note where all is fine."""
        if out.level and mask:
            held = self._said.setdefault(stage, {})
            held[out] = held.get(out, 0) | mask

    def totals(self, slots: Mask) -> Totals:
        """What it comes to for some slots."""
        dns = self._levels({Stage.DNS}, slots)
        network = self._levels(set(Stage) - {Stage.DNS}, slots)
        blocked = dns[0] | network[0]
        unknown = (dns[1] | network[1]) & ~blocked
        return Totals(blocked, unknown, *dns, *network)

    def _levels(self, stages: set[Stage], slots: Mask) -> tuple[Mask, Mask]:
        blocked = unknown = 0
        for stage in stages:
            for out, mask in self._said.get(stage, {}).items():
                if out.level == 2:
                    blocked |= mask
                else:
                    unknown |= mask
        blocked &= slots
        return blocked, unknown & slots & ~blocked

    def codes(self, slots: Mask, totals: Totals) -> dict[str, Mask]:
        """Slots by the code of the first step that stands in the way."""
        found: dict[str, Mask] = {}
        for level, wanted in ((2, totals.blocked & slots), (1, totals.unknown & slots)):
            left = wanted
            for stage in Stage:
                if not left:
                    break
                for out, mask in self._said.get(stage, {}).items():
                    if out.level == level and (hit := mask & left):
                        found[out.code] = found.get(out.code, 0) | hit
                        left &= ~hit
        fine = slots & ~totals.blocked & ~totals.unknown
        if fine:
            found["OK"] = fine
        return found


def verdict_in(position_bit: Mask, blocked: Mask, unknown: Mask) -> Verdict:
    """The verdict of one slot."""
    if blocked & position_bit:
        return Verdict.BLOCKED
    return Verdict.UNKNOWN if unknown & position_bit else Verdict.ALLOWED
