"""Private endpoint connections of servers, as nested in the server or as rows of their own."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.server import EndpointConnection, FlexibleServer
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes import CONNECTION_WORDS, EndpointConnectionProperties, texts


def build(row: Row[EndpointConnectionProperties], edge: Edge) -> Iterable[Built]:
    """The server's side of one private endpoint."""
    found = row.properties or EndpointConnectionProperties()
    base = edge.base(row)
    state = found.private_link_service_connection_state
    yield EndpointConnection(
        **base,
        server=ancestor(base["id"], "flexibleservers") or parent_of(base["id"]),
        endpoint=edge.ref(found.private_endpoint, "properties.privateEndpoint.id"),
        groups=texts(found.group_ids),
        status=edge.word(
            state.status if state else None,
            CONNECTION_WORDS,
            "properties.privateLinkServiceConnectionState.status",
        ),
    )


KIND = Kind(
    arm_type=EndpointConnection.KIND,
    shape=Row[EndpointConnectionProperties],
    build=build,
    parent=FlexibleServer.KIND,
    permission="Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections/read",
    arm_path="privateEndpointConnections",
    api_version="2026-10-01",
    summary="the server's view of its private endpoints: endpoint, group, approval",
)
