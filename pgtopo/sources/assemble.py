"""Builds resources of decoded rows, children inside parents merged with rows of their own."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from pgtopo.model.base import Origin, ParseIssue, Resource, SetAside
from pgtopo.model.ids import ArmId, IdTable
from pgtopo.model.server import EndpointConnection
from pgtopo.sources import damage
from pgtopo.sources.coverage import NESTED_IN
from pgtopo.sources.damage import Gap
from pgtopo.sources.finish import finish
from pgtopo.sources.intake import Pending
from pgtopo.sources.kind import Edge, Kind, Nested
from pgtopo.sources.overlay import overlay


class Listed(NamedTuple):
    """A child that stands inside its parent's row."""

    kind: str
    row: Any
    source: int
    """Index of the parent's source."""


class Assembly:
    """Resources in the making.

    Rows are built as they come, so that what was decoded is soon freed again. Kinds that come
    nested wait until all rows are there: a child may be listed by its parent and have a row too.
    """

    def __init__(self, kinds: Mapping[str, Kind], ids: IdTable) -> None:
        self._kinds = kinds
        self.issues: list[ParseIssue] = []
        self.set_aside: list[SetAside] = []
        self.gaps: list[Gap] = []
        """What rows leave open that were read and make no sense."""
        self.resources: dict[ArmId, Resource] = {}
        self.ages: Mapping[int, int] = {}
        """Rank of each source by age; a higher one is newer."""
        self._ids = ids
        self._edge = Edge(ids, self.issues)
        self._waiting: dict[ArmId, Pending] = {}
        self._listed: dict[ArmId, Listed] = {}
        self._children: dict[ArmId, list[ArmId]] = {}
        """Of each parent, whom it lists."""

    def take(self, arm_id: ArmId, kind: Kind, row: Any, origin: Origin) -> None:
        """Take a row; it replaces an earlier one of the same id."""
        if kind.arm_type in NESTED_IN:
            self._waiting[arm_id] = Pending(kind, row, origin)
            return
        if arm_id in self.resources:
            self._forget(arm_id)
        self._build(kind, row, origin)

    def finish(self) -> dict[ArmId, Resource]:
        """Build what still waits, and give all resources."""
        for arm_id, found in self._waiting.items():
            listed = self._listed.pop(arm_id, None)
            if listed is not None and listed.kind == found.kind.arm_type:
                self._build_both(arm_id, found, listed)
            else:
                self._build(found.kind, found.row, found.origin)
        while self._listed:
            remaining, self._listed = self._listed, {}
            for arm_id, listed in remaining.items():
                kind = self._kinds.get(listed.kind)
                if kind is not None and arm_id not in self.resources:
                    self._build(kind, listed.row, None)
        self.issues += finish(self.resources)
        return self.resources

    def _forget(self, arm_id: ArmId) -> None:
        """Drop what an earlier row of a resource said."""
        del self.resources[arm_id]
        for child in self._children.pop(arm_id, ()):
            self._listed.pop(child, None)

    def _build_both(self, arm_id: ArmId, found: Pending, listed: Listed) -> None:
        """Build a child that its parent lists and that has a row as well.

        The row wins, unless the parent's row is from a newer source.
        """
        own_age = self.ages.get(found.origin.source, 0)
        is_stale = own_age < self.ages.get(listed.source, 0)
        under, over = (found.row, listed.row) if is_stale else (listed.row, found.row)
        self._build(found.kind, overlay(under, over), found.origin)
        made = self.resources.get(arm_id)
        if isinstance(made, EndpointConnection) and _is_contradicted(listed.row, found.row):
            self.resources[arm_id] = msgspec.structs.replace(made, is_contradicted=not is_stale)

    def _build(self, kind: Kind, row: Any, origin: Origin | None) -> None:
        edge = self._edge
        edge.resource = row.id
        edge.origin = origin
        resources = self.resources
        try:
            for built in kind.build(row, edge):
                if isinstance(built, Resource):
                    resources[built.id] = built
                else:
                    self._list(built, row, origin)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as failure:
            reason = f"could not be understood: {type(failure).__name__}: {failure}"
            self.set_aside.append(SetAside("", row.id or "", reason))
            self.gaps.extend(damage.of_unbuilt(kind, self._ids.fold(row.id or "")))

    def _list(self, nested: Nested, parent: Any, origin: Origin | None) -> None:
        arm_id = self._ids.fold(nested.row.id)
        source = origin.source if origin is not None else -1
        self._listed[arm_id] = Listed(nested.kind, nested.row, source)
        self._children.setdefault(self._ids.fold(parent.id), []).append(arm_id)


def _is_contradicted(nested: Any, own: Any) -> bool:
    """Whether a server's list and a connection's own row state different states."""
    listed, stated = (_status(row) for row in (nested, own))
    return bool(listed) and bool(stated) and listed != stated


def _status(row: Any) -> str:
    state = getattr(row.properties, "private_link_service_connection_state", None)
    return (state.status or "").strip().lower() if state is not None else ""


def counted(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by type, added up."""
    total: dict[str, int] = {}
    for counts in rows:
        for word, count in counts.items():
            total[word] = total.get(word, 0) + count
    return dict(sorted(total.items()))
