"""Virtual WAN hubs, and Route Servers, which Azure keeps under the same type."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.nsg import IdRef
from pgtopo.model.routing import VirtualHub
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class RouteList(Wire, frozen=True):
    """A first-generation hub route table."""

    routes: list[dict[str, object] | None] | None = None


class Properties(Wire, frozen=True):
    """The properties of a hub."""

    address_prefix: str | None = None
    virtual_wan: IdRef | None = None
    azure_firewall: IdRef | None = None
    vpn_gateway: IdRef | None = None
    express_route_gateway: IdRef | None = None
    routing_state: str | None = None
    virtual_router_ips: list[str | None] | None = None
    ip_configurations: list[IdRef | None] | None = None
    route_table: RouteList | None = None
    second_tables: list[Row[RouteList] | None] | None = msgspec.field(
        default=None, name="virtualHubRouteTableV2s"
    )


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The hub or Route Server."""
    found = row.properties or Properties()
    yield VirtualHub(
        **edge.base(row),
        is_route_server=_is_route_server(row, found),
        prefix=found.address_prefix or "",
        wan=edge.ref(found.virtual_wan, "properties.virtualWan.id"),
        firewall=edge.ref(found.azure_firewall, "properties.azureFirewall.id"),
        vpn_gateway=edge.ref(found.vpn_gateway, "properties.vpnGateway.id"),
        express_route_gateway=edge.ref(
            found.express_route_gateway, "properties.expressRouteGateway.id"
        ),
        routing_state=found.routing_state or "",
        router_ips=texts(found.virtual_router_ips),
        has_static_routes=_has_routes(found),
    )


def _is_route_server(row: Row[Properties], found: Properties) -> bool:
    """By its kind; where a body leaves that out, by sitting in a subnet and in no virtual WAN."""
    if row.kind:
        return row.kind.lower() == "routeserver"
    in_wan = found.virtual_wan is not None or bool(found.address_prefix)
    return bool(present(found.ip_configurations)) and not in_wan


def _has_routes(found: Properties) -> bool:
    if found.route_table is not None and present(found.route_table.routes):
        return True
    tables = [one.properties for one in present(found.second_tables) if one.properties]
    return any(present(table.routes) for table in tables)


KIND = Kind(
    arm_type=VirtualHub.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/virtualHubs/read",
    is_assumed_none=True,
    summary="Virtual WAN hubs and Route Servers",
)
