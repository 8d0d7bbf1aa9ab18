"""The change history of resources, which Resource Graph keeps for two weeks."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.history import Change
from pgtopo.model.ids import ArmId
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire

_TYPES = frozenset({"create", "update", "delete"})
_MARKER = "/providers/microsoft.resources/changes/"


class Attributes(Wire, frozen=True):
    """When a change was made, by whom, how."""

    timestamp: str | None = None
    changed_by: str | None = None
    operation: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a change."""

    target_resource_id: str | None = None
    change_type: str | None = None
    change_attributes: Attributes | None = None
    changes: dict[str, Any] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The change; nothing where it does not tell what changed."""
    found = row.properties or Properties()
    base = edge.base(row)
    scope, marker, _ = base["id"].rpartition(_MARKER)
    target = edge.fold(found.target_resource_id, "properties.targetResourceId")
    if target is None and not marker:
        edge.issue("id", "names no resource; the change is left out")
        return
    about = found.change_attributes or Attributes()
    yield Change(
        **base,
        target=target or ArmId(scope),
        time=about.timestamp or "",
        change_type=edge.word(found.change_type, _TYPES, "properties.changeType"),
        properties=tuple(sorted(found.changes or ())),
        changed_by=about.changed_by or "",
        operation=about.operation or "",
    )


KIND = Kind(
    arm_type=Change.KIND,
    shape=Row[Properties],
    build=build,
    table="resourcechanges",
    permission="Microsoft.Resources/changes/read",
    summary="what changed in the last two weeks, and by whom",
)
