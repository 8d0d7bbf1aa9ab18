"""Client addresses with the steps said about them, combined stage by stage."""

from collections.abc import Iterable
from typing import TypeVar

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.verdict import Stage, Step, Verdict, worst
from pgtopo.model.net import SpanSet

T = TypeVar("T")

Shares = list[tuple[SpanSet, tuple[Step, ...]]]

ORDER = {stage: index for index, stage in enumerate(Stage)}


def joined(one: Shares, other: Shares) -> Shares:
    """Both lists of shares cut along each other, steps one after the other."""
    found: Shares = []
    for part, steps in one:
        for share, more in other:
            common = part & share if part != share else part
            if common:
                found.append((common, steps + more))
    if not one or not any(part for part, _ in one):
        return [(part, steps + more) for part, steps in one for _, more in other[:1]]
    return found


def once(items: Iterable[T]) -> tuple[T, ...]:
    """Steps or evidence without repetitions, in order; compared, as their values may be lists."""
    found: list[T] = []
    for one in items:
        if one not in found:
            found.append(one)
    return tuple(found)


def in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps in the order of their stages, each once."""
    return tuple(sorted(once(steps), key=lambda one: ORDER[one.stage]))


def verdict_of(steps: tuple[Step, ...]) -> Verdict:
    """One verdict for steps that must all hold."""
    return worst([one.verdict for one in steps])


def folded_over_targets(variants: list[Shares]) -> Shares:
    """One list of shares for a target that is one of several, or reached in several ways.

    Where the variants agree their common answer stands; where they differ it is open.
    """
    if len(variants) == 1:
        return variants[0]
    atoms: list[tuple[SpanSet, list[tuple[Step, ...]]]] = []
    for shares in variants:
        for part, steps in shares:
            atoms = _cut(atoms, part, steps)
    return [(part, _folded(held)) for part, held in atoms]


def _cut(
    atoms: list[tuple[SpanSet, list[tuple[Step, ...]]]], part: SpanSet, steps: tuple[Step, ...]
) -> list[tuple[SpanSet, list[tuple[Step, ...]]]]:
    """Atoms with one more thing said about a part of them."""
    found: list[tuple[SpanSet, list[tuple[Step, ...]]]] = []
    left = part
    for known, held in atoms:
        common = known & left
        if rest := known - common:
            found.append((rest, held))
        if common:
            found.append((common, [*held, steps]))
            left = left - common
    if left:
        found.append((left, [steps]))
    return found


def _folded(variants: list[tuple[Step, ...]]) -> tuple[Step, ...]:
    if len({verdict_of(steps) for steps in variants}) == 1:
        return variants[0]
    found: list[Step] = []
    for stage in Stage:
        of_stage = [tuple(s for s in steps if s.stage is stage) for steps in variants]
        if len({verdict_of(steps) for steps in of_stage}) == 1:
            found += next((steps for steps in of_stage if steps), ())
        else:
            found.append(_open(stage, of_stage))
    return tuple(found)


def _open(stage: Stage, variants: list[tuple[Step, ...]]) -> Step:
    worst_step = next(
        (s for steps in variants for s in steps if s.verdict is not Verdict.ALLOWED),
        None,
    )
    text = "It depends on which of several addresses or ways is taken."
    if worst_step is not None:
        text = f"{text} For some: {worst_step.text}"
    return Step(
        stage=stage,
        verdict=Verdict.UNKNOWN,
        code="SUBNET_ADDRESS_CHOICE",
        text=text,
        decided_by=worst_step.decided_by if worst_step else None,
        assumptions=(assume("SUBNET_ADDRESS_CHOICE", text),),
    )


def merged(shares: Shares) -> Shares:
    """Shares with equal steps put together, ordered by address."""
    found: list[tuple[tuple[Step, ...], SpanSet]] = []
    for part, steps in shares:
        ordered = in_order(steps)
        for index, (known, held) in enumerate(found):
            if known == ordered:
                found[index] = (known, held | part)
                break
        else:
            found.append((ordered, part))
    return sorted(((part, steps) for steps, part in found), key=lambda item: item[0].spans[:1])
