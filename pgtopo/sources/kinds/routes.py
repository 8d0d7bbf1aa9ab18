"""Routes that come as rows of their own; usually they are nested in their table."""

from collections.abc import Iterable

from pgtopo.model.ids import parent_of
from pgtopo.model.routing import RouteRow
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes_routes import RouteProperties, build_route


def build(row: Row[RouteProperties], edge: Edge) -> Iterable[Built]:
    """The route, to be put into its table."""
    base = edge.base(row)
    yield RouteRow(
        **base,
        table=parent_of(base["id"]),
        route=build_route(base["id"], base["name"], row, edge),
    )


KIND = Kind(
    arm_type=RouteRow.KIND,
    shape=Row[RouteProperties],
    build=build,
    permission="Microsoft.Network/routeTables/routes/read",
    is_assumed_none=True,
    summary="routes given apart from their table",
)
