"""Route tables of Virtual WAN hubs."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.routing import HubRoute, HubRouteTable, VirtualHub
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class RouteWire(Wire, frozen=True):
    """One static route."""

    name: str | None = None
    destinations: list[str | None] | None = None
    destination_type: str | None = None
    next_hop: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a hub route table."""

    labels: list[str | None] | None = None
    routes: list[RouteWire | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The table."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield HubRouteTable(
        **base,
        hub=ancestor(base["id"], "virtualhubs") or parent_of(base["id"]),
        labels=texts(found.labels),
        routes=tuple(
            HubRoute(
                name=one.name or "",
                destinations=texts(one.destinations),
                destination_type=one.destination_type or "",
                next_hop=one.next_hop or "",
            )
            for one in present(found.routes)
        ),
    )


KIND = Kind(
    arm_type=HubRouteTable.KIND,
    shape=Row[Properties],
    build=build,
    parent=VirtualHub.KIND,
    permission="Microsoft.Network/virtualHubs/hubRouteTables/read",
    arm_path="hubRouteTables",
    api_version="2026-03-01",
    is_assumed_none=True,
    summary="labels and static routes of a Virtual WAN hub",
)
