"""The list of changes: verdicts first, then findings, resources, and Azure's own history."""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from pgtopo.analysis.verdict import Verdict
from pgtopo.checks.base import Severity
from pgtopo.checks.comparison import Comparison, Turn
from pgtopo.checks.finding import Finding
from pgtopo.model.base import Resource
from pgtopo.model.differences import PropertyChange, property_changes
from pgtopo.model.history import Change
from pgtopo.model.ids import ArmId
from pgtopo.model.moments import minute
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import word_of
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import Sign, count

_WORDS = {
    Verdict.ALLOWED: "open",
    Verdict.BLOCKED: "blocked",
    Verdict.MIXED: "mixed",
    Verdict.UNKNOWN: "unknown",
}
_SEVERITIES = {Severity.ERROR: Sign.BAD, Severity.WARNING: Sign.RISK, Severity.INFO: Sign.INFO}


class RowKind(Enum):
    """What a row is about."""

    COMPARE = "compare"
    """Enter compares with another snapshot."""
    HEAD = "head"
    NOTE = "note"
    TURN = "turn"
    CAME = "came"
    GONE = "gone"
    UNSURE = "unsure"
    CHANGED = "changed"
    NEW = "new"
    REMOVED = "removed"
    EVENT = "event"


class Row(NamedTuple):
    """One row."""

    kind: RowKind
    name: str
    """What it is about."""
    note: str = ""
    mark: Piece = Piece(" ")
    """The sign in front."""
    id: ArmId = ArmId("")
    at: int = 0
    """Which of its kind it is."""
    brief: str = ""
    """The note where there is little room; empty for the note itself."""
    is_fault: bool = False
    """Whether something is worse than it was."""

    @property
    def text(self) -> str:
        """What words are looked for in."""
        return f"{self.kind.value} {self.name} {self.note} {self.id}".lower()

    @property
    def is_change(self) -> bool:
        """Whether it tells a change, rather than heading or explaining others."""
        return self.kind not in (RowKind.COMPARE, RowKind.HEAD, RowKind.NOTE)


Groups = list[tuple[str, list[Row]]]
"""Headings with the rows below them; those without rows are left out."""


def of_comparison(found: Comparison) -> Groups:
    """The rows of everything that is different between two looks."""
    turns = [_turn(found.after.topology, at, one) for at, one in enumerate(found.turns)]
    lost, gained, other = (
        [row for row in turns if _way(found.turns[row.at]) == way] for way in range(3)
    )
    resources = found.resources
    after, before = found.after.topology, found.before.topology
    worse = {one.subject for one in found.came if one.is_fail}
    worse |= {one.cause for one in found.came if one.is_fail}
    return [
        (f"Access lost: {_pairs(found, lost)}", lost),
        (f"Access gained: {_pairs(found, gained)}", gained),
        (f"Other verdicts: {_pairs(found, other)}", other),
        (f"Findings that came: {len(found.came):,}", _came(found)),
        (f"Findings gone: {len(found.gone):,}", _findings(found.gone, RowKind.GONE, before)),
        (
            f"Findings that may be gone: {len(found.unsure):,}",
            _findings(found.unsure, RowKind.UNSURE, before),
        ),
        (
            f"Resources changed: {len(resources.changed):,}",
            [
                _resource(RowKind.CHANGED, after, at, now, _properties(was, now), worse)
                for at, (was, now) in enumerate(resources.changed)
            ],
        ),
        (
            f"New resources: {len(resources.added):,}",
            [
                _resource(RowKind.NEW, after, at, one, "", worse)
                for at, one in enumerate(resources.added)
            ],
        ),
        (
            f"Resources gone: {len(resources.removed):,}",
            [
                _resource(RowKind.REMOVED, before, at, one, "", worse)
                for at, one in enumerate(resources.removed)
            ],
        ),
    ]


def of_history(topology: Topology, changes: tuple[Change, ...]) -> Groups:
    """The rows of Azure's change history."""
    rows = [
        Row(
            RowKind.EVENT,
            printable(f"{minute(one.time)}  {full_name(topology, one.target)}"),
            _event(one),
            id=one.target,
            at=at,
        )
        for at, one in enumerate(changes)
    ]
    return [(f"Azure's change history: {len(rows):,}, the latest first", rows)]


def shown(groups: Groups, keeps: Callable[[Row], bool]) -> Iterator[Row]:
    """The rows of the groups that are kept, each group under its heading."""
    for heading, rows in groups:
        kept = [row for row in rows if keeps(row)]
        if not kept:
            continue
        some = f", {len(kept):,} shown" if len(kept) < len(rows) else ""
        yield Row(RowKind.HEAD, heading + some)
        yield from kept


def _way(turn: Turn) -> int:
    return 0 if turn.is_lost else 1 if turn.is_gained else 2


def _pairs(found: Comparison, rows: list[Row]) -> str:
    pairs = sum(len(found.turns[row.at].clients) for row in rows)
    return f"{pairs:,} {'pair' if pairs == 1 else 'pairs'}"


def _turn(topology: Topology, at: int, turn: Turn) -> Row:
    sign = SIGNS[turn.after]
    clients = len(turn.clients)
    if turn.is_lost:
        why = turn.code
    elif turn.is_gained:
        why = f"was {turn.was}"
    else:
        why = f"{_WORDS[turn.before]} → {_WORDS[turn.after]}, {turn.code}"
    note, brief = f"{count(clients, 'client')}  {why}", f"{clients:,} {why}"
    mark = Piece(sign.shown(), sign.tone)
    name = name_in(topology, turn.server)
    return Row(RowKind.TURN, name, note, mark, turn.server, at, brief, turn.is_lost)


def _came(found: Comparison) -> list[Row]:
    rows = _findings(found.came, RowKind.CAME, found.after.topology)
    known = found.first_known
    return [
        row._replace(note=f"not known before: {row.note}")
        if found.came[row.at].key in known
        else row
        for row in rows
    ]


def _findings(found: tuple[Finding, ...], kind: RowKind, topology: Topology) -> list[Row]:
    rows = []
    for at, one in enumerate(found):
        sign = _SEVERITIES[one.severity] if one.is_fail else Sign.UNKNOWN
        is_worse = kind is RowKind.CAME and sign.is_fault
        sign = Sign.UNKNOWN if kind is RowKind.UNSURE else sign
        mark = Piece(sign.shown(), Tone.DIM if kind is RowKind.GONE else sign.tone)
        text = full_name(topology, one.subject)
        told = printable(one.message)
        row = Row(kind, f"{one.check} {text}", told, mark, one.subject, at, " ", is_worse)
        rows.append(row)
    rows.sort(key=lambda row: _gravity(found[row.at]))
    return rows


def _gravity(finding: Finding) -> tuple[int, str, str]:
    sign = _SEVERITIES[finding.severity] if finding.is_fail else Sign.UNKNOWN
    return sign, finding.check, finding.subject


def _resource(
    kind: RowKind, topology: Topology, at: int, one: Resource, note: str, worse: set[ArmId]
) -> Row:
    word = word_of(type(one).KIND)
    return Row(
        kind,
        full_name(topology, one.id),
        f"{note}  {word}" if note else word,
        id=one.id,
        at=at,
        brief=note,
        is_fault=one.id in worse,
    )


_MOST = 3


def _properties(was: Resource, now: Resource) -> str:
    names = list(dict.fromkeys(map(_plainly, property_changes(was, now))))
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _plainly(change: PropertyChange) -> str:
    """The property, and whether it came or went as a whole."""
    name = printable(change.property.replace("_", " "))
    if change.old is None:
        return f"{name} new"
    return f"{name} gone" if change.new is None else name


def _event(change: Change) -> str:
    what = ", ".join(change.properties[:_MOST])
    who = f" by {change.changed_by}" if change.changed_by else ""
    return printable(f"{change.change_type.lower() or 'change'}{who}{f': {what}' if what else ''}")
