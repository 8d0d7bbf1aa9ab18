"""Keeps the books of a collection: every row once, and how every kind in every scope ended."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pgtopo.model.coverage import Coverage, CoverageEntry, Status
from pgtopo.model.ids import TENANT, ArmId, fold, is_within, subscription_scope
from pgtopo.sources.azure.reads import Read
from pgtopo.sources.azure.request import Gap
from pgtopo.sources.azure.rows import Row
from pgtopo.sources.coverage import as_wire

Ending = tuple[Status, str]
"""How a reading ended, and why."""
READ: Ending = (Status.READ, "")


class Book:
    """Rows and statements, to which an earlier snapshot may be the beginning."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, dict[ArmId, Row]] = defaultdict(dict)
        self._ended: dict[tuple[str, ArmId], Ending] = {}
        self._summaries: set[tuple[str, ArmId]] = set()
        """Statements that only sum up what others say in detail."""
        self._lasting: set[tuple[str, ArmId]] = set()
        """What asking again would not mend."""
        self._has_past = False

    def begin(self, rows: Iterable[Row], coverage: Coverage) -> None:
        """Take over what an earlier snapshot holds."""
        self._has_past = True
        for row in rows:
            self._rows[row.kind][fold(row.id)] = row
        for entry in coverage.entries:
            self._ended[entry.kind, entry.scope] = (entry.status, entry.detail)

    def settle(
        self,
        kind: str,
        scope: ArmId,
        rows: Iterable[Row],
        ending: Ending,
        *,
        is_lasting: bool = False,
    ) -> None:
        """Note how the reading of a kind in a scope ended, and whether it would end so again.

        Where all was read, rows of the scope that are no longer there go; else they stay.
        """
        (self._lasting.add if is_lasting else self._lasting.discard)((kind, scope))
        known = self._rows[kind]
        if self._has_past:
            ending = self._after_past(kind, scope, ending)
        for row in rows:
            known[fold(row.id)] = row
        self._ended[kind, scope] = ending

    def keep(self, rows: Iterable[Row]) -> None:
        """Keep rows that no statement is made about."""
        for row in rows:
            self._rows[row.kind][fold(row.id)] = row

    def skip(self, kind: str, scope: ArmId, why: str) -> None:
        """Note that nobody asked for a kind in a scope, unless more is known of it."""
        self.fill(kind, scope, (Status.SKIPPED, why))

    def fill(self, kind: str, scope: ArmId, ending: Ending) -> None:
        """Note an ending where none is noted yet."""
        self._ended.setdefault((kind, scope), ending)

    def is_read(self, kind: str, *scopes: ArmId) -> bool:
        """Whether a kind was read, by the first of the scopes something is noted about."""
        stated = (self._ended.get((kind, scope)) for scope in scopes)
        found = next((one for one in stated if one is not None), None)
        return found is not None and found[0] is Status.READ

    def scopes_of_rows(self) -> set[ArmId]:
        """The subscriptions that rows lie in."""
        return {subscription_scope(one) for known in self._rows.values() for one in known}

    def has_row(self, kind: str, scope: ArmId) -> bool:
        """Whether a row of a kind lies below a resource."""
        return any(is_within(one, scope) for one in self._rows.get(kind, ()))

    def _after_past(self, kind: str, scope: ArmId, ending: Ending) -> Ending:
        """The ending in the light of what an earlier snapshot holds, which may have to go."""
        if ending[0] is Status.READ:
            self._forget(kind, scope)
        elif self.has_row(kind, scope):
            return Status.PARTIAL, ending[1]
        return ending

    def _forget(self, kind: str, scope: ArmId) -> None:
        """Drop what is known of a kind in a scope, and what is stated below it."""
        known = self._rows[kind]
        for gone in [one for one in known if is_within(one, scope)]:
            del known[gone]
        for stated in [s for k, s in self._ended if k == kind and is_within(s, scope)]:
            del self._ended[kind, stated]

    def ending(self, kind: str, scope: ArmId) -> Ending | None:
        """What was noted of a kind in exactly that scope."""
        return self._ended.get((kind, scope))

    def rows(self, kind: str) -> list[Row]:
        """The rows of a kind, in order."""
        known = self._rows.get(kind, {})
        return [known[one] for one in sorted(known)]

    def all_rows(self) -> list[bytes]:
        """All texts, by kind and id."""
        return [row.text for kind in sorted(self._rows) for row in self.rows(kind)]

    def fold_up(self, read: Read, scope: ArmId, parents: list[ArmId]) -> None:
        """Say once for a subscription what holds for all parents in it."""
        if read.is_table_sure and self.is_read(read.kind, scope):
            return
        self._summaries.discard((read.kind, scope))
        above, why = self._ended.get((read.parent, scope), (Status.FAILED, ""))
        if above is not Status.READ:
            self.sum_up(read.kind, scope, (above, why or "its parents were not all read"))
            return
        stated = self._ended.get((read.kind, scope))
        endings = [self._ended.get((read.kind, one)) for one in parents]
        noted = [one for one in endings if one is not None and one[0] is not Status.SKIPPED]
        bad = [one for one in noted if one[0] is not Status.READ]
        if bad and len(bad) == len(parents) and all(one[0] is Status.DENIED for one in bad):
            self._replace(read.kind, scope, parents, bad[0])
            self._lasting.add((read.kind, scope))
        elif bad:
            self.sum_up(read.kind, scope, (Status.PARTIAL, bad[0][1]))
        elif stated == READ or all(endings):
            read_ones = [one for one in parents if self._ended.get((read.kind, one)) == READ]
            self._replace(read.kind, scope, read_ones, READ)

    def sum_up(self, kind: str, scope: ArmId, ending: Ending) -> None:
        """Note an ending that only sums up what is told in detail or in words."""
        self._ended[kind, scope] = ending
        self._summaries.add((kind, scope))

    def _replace(self, kind: str, scope: ArmId, parents: list[ArmId], ending: Ending) -> None:
        for one in parents:
            del self._ended[kind, one]
        self._ended[kind, scope] = ending

    def coverage(self) -> list[dict[str, Any]]:
        """The statements of a snapshot."""
        counts = {kind: _by_scope(rows, self._scopes(kind)) for kind, rows in self._rows.items()}
        empty: Counter[ArmId] = Counter()
        entries = [
            CoverageEntry(
                kind=kind,
                scope=scope,
                status=status,
                rows=None if status is Status.SKIPPED else counts.get(kind, empty)[scope],
                detail=detail,
            )
            for (kind, scope), (status, detail) in self._ended.items()
        ]
        return as_wire(Coverage(entries))

    def _scopes(self, kind: str) -> frozenset[ArmId]:
        return frozenset(scope for k, scope in self._ended if k == kind)

    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, without what only sums others up."""
        return tuple(self._gaps())

    def _gaps(self) -> Iterator[Gap]:
        for (kind, scope), (status, detail) in sorted(
            self._ended.items(), key=lambda item: item[0]
        ):
            is_gap = status not in (Status.READ, Status.SKIPPED)
            if is_gap and (kind, scope) not in self._summaries:
                is_lasting = (kind, scope) in self._lasting
                yield Gap(kind, scope, status.value, detail, is_lasting)


def _by_scope(rows: Iterable[ArmId], scopes: frozenset[ArmId]) -> Counter[ArmId]:
    """How many rows lie in each scope; a row counts for every scope that contains it."""
    found: Counter[ArmId] = Counter()
    for arm_id in rows:
        found.update(scope for scope in _around(arm_id) if scope in scopes)
    return found


def _around(arm_id: ArmId) -> Iterator[ArmId]:
    """The id, and everything it begins with."""
    yield TENANT
    at = arm_id.find("/", 1)
    while at > 0:
        yield ArmId(arm_id[:at])
        at = arm_id.find("/", at + 1)
    yield arm_id
