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
    return Comparison(
        before=before,
        after=after,
        resources=differences(before.topology, after.topology),
        turns=tuple(sorted((Turn(*way, tuple(c)) for way, c in turns.items()), key=_rank)),
        pairs_beside=beside,
        gone=tuple(one for key, one in old.items() if key not in new),
        came=tuple(f for key, f in new.items() if key not in old or f.is_worse_than(old[key])),
    )


def _way(change: CellChange, was: Cell, now: Cell) -> tuple[ArmId, Verdict, Verdict, str, str]:
    return change.server, was.verdict, now.verdict, was.code, now.code


def _rank(turn: Turn) -> tuple[int, int, ArmId, str]:
    order = 0 if turn.is_lost else 1 if turn.is_gained else 2
    return order, -len(turn.clients), turn.server, turn.code
