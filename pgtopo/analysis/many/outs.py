"""What stages say, in short: how grave it is and the code, without words or evidence."""

from typing import NamedTuple

from pgtopo.analysis.verdict import Stage, Step, Verdict

LEVELS = {Verdict.ALLOWED: 0, Verdict.UNKNOWN: 1, Verdict.BLOCKED: 2}


class Out(NamedTuple):
    """What one stage says: 0 nothing against it, 1 open, 2 blocked."""

    level: int
    code: str


FINE = Out(0, "OK")


def soft(out: Out) -> Out:
    """What is left of an answer that an unseen translation could cure."""
    return Out(1, out.code) if out.level == 2 else out


def heavier(one: Out, other: Out) -> Out:
    """The answer of two in a row: the worse one, of equals the first."""
    return other if other.level > one.level else one


def out_of(steps: tuple[Step, ...], stage: Stage | None = None) -> Out:
    """What the steps of a stage come to: the first of the worst."""
    found = FINE
    for one in steps:
        if stage is None or one.stage is stage:
            found = heavier(found, Out(LEVELS[one.verdict], one.code))
    return found
