"""Virtual endpoints: names that follow the primary and its replica."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.server import FlexibleServer, VirtualEndpoint
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import domain, texts


class Properties(Wire, frozen=True):
    """The members of a virtual endpoint, and its names."""

    endpoint_type: str | None = None
    members: list[str | None] | None = None
    virtual_endpoints: list[str | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The virtual endpoint."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield VirtualEndpoint(
        **base,
        server=ancestor(base["id"], "flexibleservers") or parent_of(base["id"]),
        endpoint_type=found.endpoint_type or "",
        members=tuple(text.strip().lower() for text in texts(found.members)),
        names=tuple(domain(text) for text in texts(found.virtual_endpoints)),
    )


KIND = Kind(
    arm_type=VirtualEndpoint.KIND,
    shape=Row[Properties],
    build=build,
    parent=FlexibleServer.KIND,
    permission="Microsoft.DBforPostgreSQL/flexibleServers/virtualEndpoints/read",
    arm_path="virtualendpoints",
    api_version="2026-10-01",
    summary="writer and reader names and the servers behind them",
)
