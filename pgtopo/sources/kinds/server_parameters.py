"""Server parameters."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.server import FlexibleServer, ServerParameter
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The value in force."""

    value: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The parameter."""
    head = edge.head(row)
    yield ServerParameter(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        server=ancestor(head.id, "flexibleservers") or parent_of(head.id),
        value=(row.properties.value or "") if row.properties else "",
    )


KIND = Kind(
    arm_type=ServerParameter.KIND,
    shape=Row[Properties],
    build=build,
    parent=FlexibleServer.KIND,
    permission="Microsoft.DBforPostgreSQL/flexibleServers/configurations/read",
    arm_path="configurations",
    api_version="2026-10-01",
    summary="encryption, connection limits, read-only mode, PgBouncer",
)
