"""Several sources become one estate: the newest row of an id wins."""

from collections.abc import Mapping
from typing import Any

import msgspec

from pgtopo.model.base import ParseIssue, SetAside
from pgtopo.model.coverage import Coverage, CoverageEntry
from pgtopo.model.ids import ArmId, IdTable
from pgtopo.model.topology import Topology
from pgtopo.sources import coverage as covering
from pgtopo.sources.assemble import Assembly, counted
from pgtopo.sources.intake import Intake, Pending
from pgtopo.sources.kind import Kind


class Gathered(msgspec.Struct):
    """One source with everything it holds, before it is merged with others."""

    intake: Intake
    created_at: str = ""
    scope: dict[str, Any] = msgspec.field(default_factory=dict)
    assembly: Assembly | None = None
    """Where the rows are built as they are read, because there is no other source."""
    stated: list[CoverageEntry] | None = None
    """What the source says it covers; None where it says nothing."""
    notes: list[str] = msgspec.field(default_factory=list)
    """What a user should know about the source itself."""


def by_age(sources: list[Gathered]) -> list[Gathered]:
    """The sources, oldest first.

    A source without a time counts as made just after the newest one named before it.
    """
    keys = []
    newest = ""
    for place, source in enumerate(sources):
        newest = max(newest, source.created_at)
        keys.append((source.created_at or newest, place))
    return [sources[place] for _, place in sorted(keys)]


def merge(
    sources: list[Gathered],
    known: Mapping[str, Kind],
    ids: IdTable,
    *,
    assume_complete: bool = False,
) -> Topology:
    """The estate of several sources, oldest first: the newest row of an id wins."""
    covered = _coverage(sources, known, assume_complete=assume_complete)
    newest = sources[-1] if sources else None
    assembly = newest.assembly if newest is not None and len(sources) == 1 else None
    if assembly is None:
        assembly = Assembly(known, ids)
        assembly.ages = {source.intake.index: age for age, source in enumerate(sources)}
        for arm_id, found in _merged_rows(sources).items():
            assembly.take(arm_id, found.kind, found.row, found.origin)
    return Topology(
        assembly.finish(),
        ids=ids,
        coverage=covered,
        set_aside=_set_aside(sources, assembly),
        issues=_issues(sources, assembly),
        other_rows=counted(source.intake.other for source in sources),
        scope=newest.scope if newest else {},
        created_at=max((source.created_at for source in sources), default=""),
    )


def _merged_rows(sources: list[Gathered]) -> dict[ArmId, Pending]:
    merged: dict[ArmId, Pending] = {}
    for source in sources:
        if source.stated and merged:
            said = Coverage(covering.with_nested(source.stated))
            gone = [
                arm_id
                for arm_id, found in merged.items()
                if said.is_read(found.kind.arm_type, arm_id)
            ]
            for arm_id in gone:
                del merged[arm_id]
        merged.update(source.intake.rows)
    return merged


def _coverage(
    sources: list[Gathered],
    known: Mapping[str, Kind],
    *,
    assume_complete: bool,
) -> Coverage:
    if assume_complete:
        return covering.complete(known)
    return covering.combined(
        (
            (
                source.stated,
                [] if source.stated is not None else covering.inferred(source.intake.seen, known),
            )
            for source in sources
        ),
        known,
    )


def _set_aside(sources: list[Gathered], assembly: Assembly) -> list[SetAside]:
    found = [entry for source in sources for entry in source.intake.set_aside]
    return found + assembly.set_aside


def _issues(sources: list[Gathered], assembly: Assembly) -> list[ParseIssue]:
    found = [issue for source in sources for issue in source.intake.issues]
    return found + assembly.issues
