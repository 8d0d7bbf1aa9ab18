"""Management locks; what they protect stands in their id only."""

from collections.abc import Iterable

from pgtopo.model.governance import Lock
from pgtopo.model.ids import TENANT, ArmId
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire

_LEVELS = frozenset({"cannotdelete", "readonly", "notspecified"})


class Properties(Wire, frozen=True):
    """The properties of a lock."""

    level: str | None = None
    notes: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The lock; nothing where its id does not tell what it protects."""
    found = row.properties or Properties()
    base = edge.base(row)
    scope, marker, _ = base["id"].rpartition("/providers/microsoft.authorization/locks/")
    if not marker:
        edge.issue("id", "names no scope; the lock is left out")
        return
    yield Lock(
        **base,
        scope=ArmId(scope) if scope else TENANT,
        level=edge.word(found.level, _LEVELS, "properties.level"),
        notes=found.notes or "",
    )


KIND = Kind(
    arm_type=Lock.KIND,
    shape=Row[Properties],
    build=build,
    permission="Microsoft.Authorization/locks/read",
    arm_path="providers/Microsoft.Authorization/locks",
    api_version="2020-05-01",
    summary="locks on subscriptions, groups and resources",
)
