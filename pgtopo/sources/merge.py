"""Several sources become one estate: the newest row of an id wins."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from pgtopo.model.base import ParseIssue, SetAside
from pgtopo.model.coverage import Coverage, CoverageEntry
from pgtopo.model.ids import ArmId, IdTable
from pgtopo.model.topology import Topology
from pgtopo.sources import coverage as covering
from pgtopo.sources.assemble import Assembly, counted
from pgtopo.sources.damage import Gap, with_gaps
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
    newest = sources[-1] if sources else None
    assembly = newest.assembly if newest is not None and len(sources) == 1 else None
    if assembly is None:
        assembly = Assembly(known, ids)
        assembly.ages = {source.intake.index: age for age, source in enumerate(sources)}
        for arm_id, found in _merged_rows(sources).items():
            assembly.take(arm_id, found.kind, found.row, found.origin)
    resources = assembly.finish()
    covered = _coverage(sources, known, assume_complete=assume_complete)
    return Topology(
        resources,
        ids=ids,
        coverage=with_gaps(covered, [*_gaps(sources), *assembly.gaps]),
        set_aside=_set_aside(sources, assembly),
        issues=_issues(sources, assembly),
        other_rows=counted(source.intake.other for source in sources),
        scope=newest.scope if newest else {},
        created_at=max((source.created_at for source in sources), default=""),
    )


def _merged_rows(sources: list[Gathered]) -> dict[ArmId, Pending]:
    merged: dict[ArmId, Pending] = {}
    names = {source.intake.index: source.intake.name for source in sources}
    for source in sources:
        if source.stated and merged:
            said = _said(source)
            gone = [
                arm_id
                for arm_id, found in merged.items()
                if said.is_read(found.kind.arm_type, arm_id)
            ]
            lost = (merged[one] for one in gone if one not in source.intake.rows)
            _tell_left_out(source, lost, names)
            for arm_id in gone:
                del merged[arm_id]
        merged.update(source.intake.rows)
    return merged


def _said(source: Gathered) -> Coverage:
    """What a source says it covers, without the places where rows of its own are damaged."""
    stated = Coverage(covering.with_nested(source.stated or ()))
    return with_gaps(stated, source.intake.gaps)


def _tell_left_out(newer: Gathered, rows: Iterator[Pending], names: Mapping[int, str]) -> None:
    """Note how many rows of which older files a newer one leaves out."""
    for index, count in sorted(Counter(row.origin.source for row in rows).items()):
        verb = "row {} was" if count == 1 else "rows {} were"
        newer.notes.append(
            f"{count:,} {verb.format(f'of {names[index]}')} left out: {newer.intake.name}, which"
            " is newer, states that it read these kinds"
        )


def _gaps(sources: list[Gathered]) -> Iterator[Gap]:
    """What damaged rows leave open, without what a newer source fills."""
    for age, source in enumerate(sources):
        if not source.intake.gaps:
            continue
        newer = [(_said(one), one.intake.rows) for one in sources[age + 1 :]]
        for gap in source.intake.gaps:
            if not any(said.is_read(gap.kind, gap.scope) or gap.row in r for said, r in newer):
                yield gap


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
