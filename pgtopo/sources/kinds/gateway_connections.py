"""Connections of gateways; their shared keys are never read."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.nsg import IdRef
from pgtopo.model.routing import GatewayConnection
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire

_TYPES = frozenset({"ipsec", "vnet2vnet", "expressroute", "vpnclient"})


class Properties(Wire, frozen=True):
    """The properties of a connection."""

    connection_type: str | None = None
    connection_status: str | None = None
    gateway: IdRef | None = msgspec.field(default=None, name="virtualNetworkGateway1")
    peer_gateway: IdRef | None = msgspec.field(default=None, name="virtualNetworkGateway2")
    local_gateway: IdRef | None = msgspec.field(default=None, name="localNetworkGateway2")
    peer: IdRef | None = None
    enable_bgp: bool | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The connection."""
    found = row.properties or Properties()
    yield GatewayConnection(
        **edge.base(row),
        connection_type=edge.word(found.connection_type, _TYPES, "properties.connectionType"),
        status=found.connection_status or "",
        gateway=edge.ref(found.gateway, "properties.virtualNetworkGateway1.id"),
        peer_gateway=edge.ref(found.peer_gateway, "properties.virtualNetworkGateway2.id"),
        local_gateway=edge.ref(found.local_gateway, "properties.localNetworkGateway2.id"),
        circuit=edge.ref(found.peer, "properties.peer.id"),
        has_bgp=found.enable_bgp is True,
    )


KIND = Kind(
    arm_type=GatewayConnection.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/connections/read",
    columns=(
        *("connectionType", "connectionStatus", "enableBgp"),
        *("virtualNetworkGateway1", "virtualNetworkGateway2", "localNetworkGateway2", "peer"),
    ),
    summary="what gateways are connected to, and whether they are up",
)
