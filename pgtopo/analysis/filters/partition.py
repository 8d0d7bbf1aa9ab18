"""Folds decided boxes into one answer per address of the side that is asked about."""

from collections.abc import Callable, Sequence
from itertools import combinations

import msgspec

from pgtopo.analysis.filters.boxes import Decided
from pgtopo.analysis.filters.sides import Symbol
from pgtopo.model.net import SpanSet


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """An answer before it is told which filter gave it."""

    labels: tuple[str, ...]
    """What may happen, sorted; one label where it is certain."""
    rule: int | None = None
    """Index of the deciding rule; the first of several."""
    last: int | None = None
    """Index of the last rule that has a share in it."""
    symbols: tuple[Symbol, ...] = ()
    """The open questions that make the difference where there are several labels."""


Label = Callable[[Decided], str]

CHOICE = Symbol("SUBNET_ADDRESS_CHOICE")
PORT = Symbol("SOURCE_PORT")


def partition(
    decided: Sequence[Decided], label: Label, *, by_source: bool
) -> tuple[tuple[SpanSet, Raw], ...]:
    """One answer for each address of one side, equal answers together, in order of address."""
    if len(decided) == 1:  # most flows are settled as a whole
        return _undivided(decided[0], label, by_source=by_source)
    atoms = _atoms(decided, lambda d: d.box.source if by_source else d.box.destination)
    merged: dict[Raw, SpanSet] = {}
    for part, shares in atoms:
        raw = _fold(shares, label, by_source=by_source)
        merged[raw] = merged.get(raw, SpanSet()) | part
    ordered = sorted(merged.items(), key=lambda item: item[1].spans[0])
    return tuple((part, raw) for raw, part in ordered)


def _undivided(
    decided: Decided, label: Label, *, by_source: bool
) -> tuple[tuple[SpanSet, Raw], ...]:
    part = decided.box.source if by_source else decided.box.destination
    index = decided.rule.index if decided.rule is not None else None
    raw = Raw(labels=(label(decided),), rule=index, last=index)
    return ((part, raw),) if part else ()


def _atoms(
    decided: Sequence[Decided], side: Callable[[Decided], SpanSet]
) -> list[tuple[SpanSet, list[Decided]]]:
    atoms: list[tuple[SpanSet, list[Decided]]] = []
    for one in decided:
        left = side(one)
        refined: list[tuple[SpanSet, list[Decided]]] = []
        for part, shares in atoms:
            common = part & left
            if not common:
                refined.append((part, shares))
                continue
            if rest := part - common:
                refined.append((rest, shares))
            refined.append((common, [*shares, one]))
            left = left - common
        if left:
            refined.append((left, [one]))
        atoms = refined
    return atoms


def _fold(shares: list[Decided], label: Label, *, by_source: bool) -> Raw:
    by_label: dict[str, list[Decided]] = {}
    for share in shares:
        by_label.setdefault(label(share), []).append(share)
    labels = tuple(sorted(by_label))
    decisive = by_label.get("deny", shares)
    if len(labels) == 1:
        return Raw(labels=labels, rule=_first(decisive), last=_last(decisive))
    symbols = _reasons(shares, label, by_source=by_source)
    return Raw(labels=labels, rule=_first(decisive), last=_last(decisive), symbols=symbols)


def _first(shares: list[Decided]) -> int | None:
    found = [s.rule.index for s in shares if s.rule is not None]
    return min(found) if found else None


def _last(shares: list[Decided]) -> int | None:
    found = [s.rule.index for s in shares if s.rule is not None]
    return max(found) if found else None


def _reasons(shares: list[Decided], label: Label, *, by_source: bool) -> tuple[Symbol, ...]:
    """The questions whose answer makes the difference between two shares."""
    found: dict[Symbol, None] = {}
    for one, other in combinations(shares, 2):
        if label(one) == label(other):
            continue
        far_one = one.box.destination if by_source else one.box.source
        far_other = other.box.destination if by_source else other.box.source
        if not far_one.overlaps(far_other):
            found.setdefault(CHOICE)
        elif not one.box.ports.overlaps(other.box.ports):
            found.setdefault(PORT)
        else:
            contrary = {(s, not a) for s, a in other.box.answers}
            for symbol, _ in sorted(one.box.answers & contrary):
                found.setdefault(symbol)
    return tuple(found)
