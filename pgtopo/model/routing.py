"""Route tables, gateways, and what they connect to."""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet


class Route(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One user-defined route."""

    id: ArmId
    name: str
    prefix: str = ""
    """CIDR or service tag, as written."""
    hop_type: str = ""
    """As written: VnetLocal, VirtualNetworkGateway, VirtualAppliance, Internet, None, ..."""
    hop_ip: str = ""
    hop_ips: tuple[str, ...] = ()
    """Addresses of an ECMP next hop."""
    overrides_bgp: bool = False
    """It wins over overlapping routes learned by BGP, whatever their length."""


class RouteTable(Resource, frozen=True, kw_only=True):
    """One route table."""

    KIND: ClassVar[str] = "microsoft.network/routetables"

    routes: tuple[Route, ...] = ()
    is_propagation_disabled: bool = False
    disables_peering_routes: bool = False
    has_nameless_routes: bool = False
    """Some route could not be read at all."""

    @property
    def is_readable(self) -> bool:
        """Whether every route says what it is for and where it leads."""
        return not self.has_nameless_routes and all(
            route.prefix and route.hop_type for route in self.routes
        )


class RouteRow(Resource, frozen=True, kw_only=True):
    """A route that was read as a row of its own, beside or without its table's list."""

    KIND: ClassVar[str] = "microsoft.network/routetables/routes"

    table: ArmId
    route: Route


def with_routes(table: RouteTable, rows: Iterable[RouteRow]) -> RouteTable:
    """The table with the routes that were read as rows; a row wins over the route it repeats."""
    own = {one.id: one.route for one in rows}
    if not own:
        return table
    kept = tuple(route for route in table.routes if route.id not in own)
    return msgspec.structs.replace(table, routes=(*kept, *own.values()))


class VirtualNetworkGateway(Resource, frozen=True, kw_only=True):
    """A VPN or ExpressRoute gateway."""

    KIND: ClassVar[str] = "microsoft.network/virtualnetworkgateways"

    gateway_type: str = ""
    """Vpn, ExpressRoute or LocalGateway, as written."""
    vpn_type: str = ""
    has_bgp: bool = False
    is_active_active: bool = False
    subnets: tuple[ArmId, ...] = ()
    client_prefixes: tuple[str, ...] = ()
    """Point-to-site address pool."""
    client_space: SpanSet = EMPTY
    addresses: tuple[int, ...] = ()
    """Its own addresses in the gateway subnet, as far as the row tells."""


class LocalNetworkGateway(Resource, frozen=True, kw_only=True):
    """The other end of a site-to-site VPN, with its prefixes."""

    KIND: ClassVar[str] = "microsoft.network/localnetworkgateways"

    prefixes: tuple[str, ...] = ()
    space: SpanSet = EMPTY
    gateway_address: str = ""
    has_bgp: bool = False


class GatewayConnection(Resource, frozen=True, kw_only=True):
    """A connection of a gateway to a site, a circuit or another gateway."""

    KIND: ClassVar[str] = "microsoft.network/connections"

    connection_type: str = ""
    """IPsec, Vnet2Vnet, ExpressRoute, VPNClient, as written."""
    status: str = ""
    gateway: ArmId | None = None
    peer_gateway: ArmId | None = None
    local_gateway: ArmId | None = None
    circuit: ArmId | None = None
    has_bgp: bool = False


class ExpressRouteCircuit(Resource, frozen=True, kw_only=True):
    """One ExpressRoute circuit."""

    KIND: ClassVar[str] = "microsoft.network/expressroutecircuits"

    peering_location: str = ""
    provider: str = ""
    provisioning: str = ""
    """serviceProviderProvisioningState as written."""
    private_peering_state: str = ""


class VirtualWan(Resource, frozen=True, kw_only=True):
    """One virtual WAN."""

    KIND: ClassVar[str] = "microsoft.network/virtualwans"

    hubs: tuple[ArmId, ...] = ()
    allows_branch_to_branch: bool = True


class VirtualHub(Resource, frozen=True, kw_only=True):
    """A Virtual WAN hub, or a Route Server where `is_route_server`."""

    KIND: ClassVar[str] = "microsoft.network/virtualhubs"

    is_route_server: bool = False
    prefix: str = ""
    wan: ArmId | None = None
    firewall: ArmId | None = None
    vpn_gateway: ArmId | None = None
    express_route_gateway: ArmId | None = None
    routing_state: str = ""
    router_ips: tuple[str, ...] = ()
    has_static_routes: bool = False
    """Static routes in the hub itself or its first-generation route tables."""


class HubIpConfiguration(Resource, frozen=True, kw_only=True):
    """Places a Route Server in a subnet."""

    KIND: ClassVar[str] = "microsoft.network/virtualhubs/ipconfigurations"

    hub: ArmId
    subnet: ArmId | None = None


class HubConnection(Resource, frozen=True, kw_only=True):
    """A virtual network attached to a Virtual WAN hub."""

    KIND: ClassVar[str] = "microsoft.network/virtualhubs/hubvirtualnetworkconnections"

    hub: ArmId
    network: ArmId | None = None
    has_internet_security: bool = False
    associated_table: ArmId | None = None
    propagated_tables: tuple[ArmId, ...] = ()
    propagated_labels: tuple[str, ...] = ()
    has_static_routes: bool = False
    has_route_maps: bool = False


class HubRoute(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One static route of a hub route table."""

    name: str = ""
    destinations: tuple[str, ...] = ()
    destination_type: str = ""
    next_hop: str = ""
    """Resource id of a firewall or connection, as written."""


class HubRouteTable(Resource, frozen=True, kw_only=True):
    """One route table of a Virtual WAN hub."""

    KIND: ClassVar[str] = "microsoft.network/virtualhubs/hubroutetables"

    hub: ArmId
    labels: tuple[str, ...] = ()
    routes: tuple[HubRoute, ...] = ()


class RoutingIntent(Resource, frozen=True, kw_only=True):
    """Sends all internet or private traffic of a hub through a device."""

    KIND: ClassVar[str] = "microsoft.network/virtualhubs/routingintent"

    hub: ArmId
    policies: tuple[tuple[str, str], ...] = ()
    """(destination, next hop id) pairs: `Internet` or `PrivateTraffic`."""
