"""Two looks at one estate side by side: resources, verdicts of pairs, findings."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.changes import CellChange, cell_changes
from pgtopo.analysis.matrix.engine import Cell
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks.finding import Finding
from pgtopo.model.differences import Differences, differences
from pgtopo.model.ids import ArmId


class Turn(NamedTuple):
    """Client subnets whose verdict to one server turned in the same way."""

    server: ArmId
    before: Verdict
    after: Verdict
    was: str
    """The code of the earlier verdict; `OK` where nothing stood in the way."""
    code: str
    """The code of the later verdict."""
    clients: tuple[ArmId, ...]

    @property
    def is_gained(self) -> bool:
        """Whether they get through now and did not before."""
        return self.after is Verdict.ALLOWED

    @property
    def is_lost(self) -> bool:
        """Whether they got through before and no longer do."""
        return self.before is Verdict.ALLOWED


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What is different between an earlier and a later look."""

    before: Facts
    after: Facts
    resources: Differences
    turns: tuple[Turn, ...]
    """Lost access first, then gained, then all others; the most clients first."""
    pairs_beside: int = 0
    """Pairs with a subnet or server that only one of the looks has."""
    gone: tuple[Finding, ...] = ()
    """Findings of the earlier look that the later one does not have."""
    came: tuple[Finding, ...] = ()
    """Findings of the later look that the earlier one does not have, or not as grave."""
    unsure: tuple[Finding, ...] = ()
    """Faults of the earlier look of which the later one cannot say whether they are still there."""
    first_known: frozenset[str] = frozenset()
    """Keys of faults that came of which the earlier look could not say whether they were there."""


def compare(
    before: Facts,
    after: Facts,
    found_before: Iterable[Finding],
    found_after: Iterable[Finding],
    *,
    port: int = 5432,
) -> Comparison:
    """Everything that is different between two looks, the earlier one first."""
    turns: dict[tuple[ArmId, Verdict, Verdict, str, str], list[ArmId]] = {}
    beside = 0
    for change in cell_changes(matrix(before, port), matrix(after, port)):
        was, now = change.before, change.after
        if was is None or now is None:
            beside += 1
        else:
            turns.setdefault(_way(change, was, now), []).append(change.client)
    old = {one.key: one for one in found_before}
    new = {one.key: one for one in found_after}
    unsettled_before, unsettled_after = _unsettled(old.values()), _unsettled(new.values())
    there = {key for key, one in new.items() if one.is_fail}
    faults = [one for one in old.values() if one.is_fail and one.key not in there]
    unsure = [one for one in faults if _is_unsettled(one, unsettled_after)]
    doubted = {one.key for one in unsure}
    came = [f for key, f in new.items() if key not in old or f.is_worse_than(old[key])]
    return Comparison(
        before=before,
        after=after,
        resources=differences(before.topology, after.topology),
        turns=tuple(sorted((Turn(*way, tuple(c)) for way, c in turns.items()), key=_rank)),
        pairs_beside=beside,
        gone=tuple(one for key, one in old.items() if key not in new and key not in doubted),
        came=tuple(came),
        unsure=tuple(unsure),
        first_known=frozenset(
            one.key for one in came if one.is_fail and _is_unsettled(one, unsettled_before)
        ),
    )


_Question = tuple[str, ArmId]
"""A check and what it is asked about."""


def _unsettled(findings: Iterable[Finding]) -> frozenset[_Question]:
    """What a look leaves open: data that was not read, or a check that broke."""
    return frozenset((one.check, one.subject) for one in findings if not one.is_fail)


def _is_unsettled(one: Finding, unsettled: frozenset[_Question]) -> bool:
    """Whether a look leaves open what a finding says; `/` stands for everything a check judges."""
    return any((one.check, subject) in unsettled for subject in (one.subject, ArmId("/")))


def _way(change: CellChange, was: Cell, now: Cell) -> tuple[ArmId, Verdict, Verdict, str, str]:
    return change.server, was.verdict, now.verdict, was.code, now.code


def _rank(turn: Turn) -> tuple[int, int, ArmId, str]:
    order = 0 if turn.is_lost else 1 if turn.is_gained else 2
    return order, -len(turn.clients), turn.server, turn.code
