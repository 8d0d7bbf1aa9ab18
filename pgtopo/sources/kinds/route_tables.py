"""Route tables with their routes."""

from collections.abc import Iterable

from pgtopo.model.routing import RouteTable
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import children
from pgtopo.sources.shapes_routes import RouteProperties, build_route


class Properties(Wire, frozen=True):
    """The properties of a route table."""

    routes: list[Row[RouteProperties] | None] | None = None
    disable_bgp_route_propagation: bool | None = None
    disable_peering_route: str | None = None


_PEERING_WORDS = frozenset({"none", "all"})


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The table."""
    found = row.properties or Properties()
    peering = edge.word(
        found.disable_peering_route, _PEERING_WORDS, "properties.disablePeeringRoute"
    ).lower()
    head = edge.head(row)
    yield RouteTable(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        routes=tuple(
            build_route(edge.ids.fold(text), child.name or "", child, edge)
            for text, child in children(row, found.routes, "routes")
        ),
        is_propagation_disabled=found.disable_bgp_route_propagation is True,
        disables_peering_routes=peering == "all",
        has_nameless_routes=any(r is not None and not (r.id or r.name) for r in found.routes or ()),
    )


KIND = Kind(
    arm_type=RouteTable.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/routeTables/read",
    is_assumed_none=True,
    summary="user-defined routes, gateway route propagation",
)
