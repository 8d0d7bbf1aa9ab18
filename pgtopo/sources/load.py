"""Makes a topology of rows: from dictionaries or from files."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pgtopo.model.base import ParseIssue, SetAside
from pgtopo.model.coverage import Coverage, CoverageEntry
from pgtopo.model.ids import ArmId, IdTable
from pgtopo.model.topology import Topology
from pgtopo.sources import coverage as covering
from pgtopo.sources.assemble import Assembly, counted
from pgtopo.sources.intake import Intake, Pending, Readers
from pgtopo.sources.kind import Kind
from pgtopo.sources.registry import kinds


class Gathered(msgspec.Struct):
    """One source with everything it holds, before it is merged with others."""

    intake: Intake
    created_at: str = ""
    scope: dict[str, Any] = msgspec.field(default_factory=dict)
    stated: list[CoverageEntry] | None = None
    """What the source says it covers; None where it says nothing."""


def load_rows(
    rows: Iterable[Mapping[str, Any]],
    coverage: Iterable[Mapping[str, Any]] | None = None,
    scope: Mapping[str, Any] | None = None,
    created_at: str = "",
) -> Topology:
    """The estate of rows given as dictionaries; without coverage, it is taken from the rows."""
    known = kinds()
    ids = IdTable()
    intake = Intake(Readers(known), ids, "rows")
    for number, row in enumerate(rows, 1):
        intake.feed(_encoded(row), number)
    stated = None
    if coverage is not None:
        stated = covering.stated([dict(entry) for entry in coverage], intake.issues)
    gathered = Gathered(intake, created_at, dict(scope or {}), stated)
    return merge([gathered], known, ids)


def _encoded(row: Mapping[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(row)
    except (TypeError, ValueError, RecursionError):
        pass
    try:
        return json.dumps(row, default=str, skipkeys=True).encode()
    except (TypeError, ValueError, RecursionError):
        return b"unreadable"


def merge(
    sources: list[Gathered],
    known: Mapping[str, Kind],
    ids: IdTable,
    *,
    assume_complete: bool = False,
) -> Topology:
    """The estate of several sources, oldest first: the newest row of an id wins."""
    rows = _merged_rows(sources)
    covered = _coverage(sources, known, assume_complete=assume_complete)
    assembly = Assembly(known, ids)
    assembly.build(rows)
    newest = sources[-1] if sources else None
    return Topology(
        assembly.resources,
        ids=ids,
        coverage=covered,
        set_aside=_set_aside(sources, assembly),
        issues=_issues(sources, assembly),
        other_rows=counted(source.intake.other for source in sources),
        scope=newest.scope if newest else {},
        created_at=max((source.created_at for source in sources), default=""),
    )


def _merged_rows(sources: list[Gathered]) -> dict[ArmId, Pending]:
    if len(sources) == 1:
        return sources[0].intake.rows
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
                []
                if source.stated is not None
                else covering.inferred(
                    ((p.kind.arm_type, a) for a, p in source.intake.rows.items()), known
                ),
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
