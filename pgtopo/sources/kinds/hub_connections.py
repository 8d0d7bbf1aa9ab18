"""Connections of virtual networks to Virtual WAN hubs."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.model.routing import HubConnection, VirtualHub
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class Propagation(Wire, frozen=True):
    """Which route tables learn the network's ranges."""

    labels: list[str | None] | None = None
    ids: list[IdRef | None] | None = None


class NetworkRoutes(Wire, frozen=True):
    """Static routes of the connection."""

    static_routes: list[dict[str, object] | None] | None = None


class Routing(Wire, frozen=True):
    """How the connection takes part in the hub's routing."""

    associated_route_table: IdRef | None = None
    propagated_route_tables: Propagation | None = None
    vnet_routes: NetworkRoutes | None = None
    inbound_route_map: IdRef | None = None
    outbound_route_map: IdRef | None = None


class Properties(Wire, frozen=True):
    """The properties of a connection."""

    remote_virtual_network: IdRef | None = None
    enable_internet_security: bool | None = None
    routing_configuration: Routing | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The connection."""
    found = row.properties or Properties()
    base = edge.base(row)
    routing = found.routing_configuration or Routing()
    propagated = routing.propagated_route_tables or Propagation()
    statics = routing.vnet_routes.static_routes if routing.vnet_routes else None
    maps = (routing.inbound_route_map, routing.outbound_route_map)
    path = "properties.routingConfiguration"
    yield HubConnection(
        **base,
        hub=ancestor(base["id"], "virtualhubs") or parent_of(base["id"]),
        network=edge.ref(found.remote_virtual_network, "properties.remoteVirtualNetwork.id"),
        has_internet_security=found.enable_internet_security is True,
        associated_table=edge.ref(
            routing.associated_route_table, f"{path}.associatedRouteTable.id"
        ),
        propagated_tables=edge.refs(propagated.ids, f"{path}.propagatedRouteTables.ids.id"),
        propagated_labels=texts(propagated.labels),
        has_static_routes=bool(present(statics)),
        has_route_maps=any(one is not None and one.id for one in maps),
    )


KIND = Kind(
    arm_type=HubConnection.KIND,
    shape=Row[Properties],
    build=build,
    parent=VirtualHub.KIND,
    permission="Microsoft.Network/virtualHubs/hubVirtualNetworkConnections/read",
    arm_path="hubVirtualNetworkConnections",
    api_version="2026-03-01",
    is_assumed_none=True,
    summary="networks attached to a Virtual WAN hub, and their routing",
)
