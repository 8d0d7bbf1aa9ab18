"""Builds resources of decoded rows, children inside parents merged with rows of their own."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pgtopo.model.base import ParseIssue, Resource, SetAside
from pgtopo.model.ids import ArmId, IdTable
from pgtopo.model.server import EndpointConnection
from pgtopo.sources.finish import finish
from pgtopo.sources.intake import Pending
from pgtopo.sources.kind import Edge, Kind, Nested
from pgtopo.sources.overlay import overlay


class Assembly:
    """Resources in the making."""

    def __init__(self, kinds: Mapping[str, Kind], ids: IdTable) -> None:
        self._kinds = kinds
        self._ids = ids
        self.issues: list[ParseIssue] = []
        self.set_aside: list[SetAside] = []
        self.resources: dict[ArmId, Resource] = {}
        self._edge = Edge(ids, self.issues)
        self._rows: dict[ArmId, Pending] = {}
        self._nested: dict[ArmId, Nested] = {}
        """Children met inside a parent whose own row is still to be built."""

    def build(self, rows: dict[ArmId, Pending]) -> None:
        """Build every row; the mapping is emptied on the way, to save memory."""
        self._rows = rows
        depths: dict[int, list[ArmId]] = {}
        for arm_id, (kind, _, _) in rows.items():
            depths.setdefault(kind.arm_type.count("/"), []).append(arm_id)
        for depth in sorted(depths):
            for arm_id in depths[depth]:
                found = rows.pop(arm_id)
                nested = self._nested.pop(arm_id, None)
                if nested is not None and nested.kind == found.kind.arm_type:
                    self._build_both(found, nested.row)
                else:
                    self._build(found.kind, found.row, found)
        self.issues += finish(self.resources)

    def _build_both(self, found: Pending, nested: Any) -> None:
        """Build a child that its parent lists and that has a row as well."""
        self._build(found.kind, overlay(nested, found.row), found)
        arm_id = self._ids.fold(found.row.id)
        made = self.resources.get(arm_id)
        if isinstance(made, EndpointConnection) and _is_contradicted(nested, found.row):
            self.resources[arm_id] = msgspec.structs.replace(made, is_contradicted=True)

    def _build(self, kind: Kind, row: Any, found: Pending | None) -> None:
        edge = self._edge
        edge.resource = row.id
        edge.origin = found.origin if found is not None else None
        try:
            for built in kind.build(row, edge):
                if isinstance(built, Nested):
                    self._take_nested(built)
                    edge.resource = row.id
                    edge.origin = found.origin if found is not None else None
                else:
                    self.resources[built.id] = built
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as failure:
            reason = f"could not be understood: {type(failure).__name__}: {failure}"
            self.set_aside.append(SetAside("", row.id or "", reason))

    def _take_nested(self, nested: Nested) -> None:
        arm_id = self._ids.fold(nested.row.id)
        if arm_id in self._rows:
            self._nested[arm_id] = nested
            return
        kind = self._kinds.get(nested.kind)
        if kind is not None:
            self._build(kind, nested.row, None)


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
