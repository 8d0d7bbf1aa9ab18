"""VPN and ExpressRoute gateways of virtual networks."""

from collections.abc import Iterable

from pgtopo.model.nsg import IdRef
from pgtopo.model.routing import VirtualNetworkGateway
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import AddressSpace, present, texts

_TYPES = frozenset({"vpn", "expressroute", "localgateway"})
_VPN_TYPES = frozenset({"policybased", "routebased"})


class ConfigurationProperties(Wire, frozen=True):
    """Where the gateway sits."""

    subnet: IdRef | None = None


class BgpInstance(Wire, frozen=True):
    """The addresses of one instance of the gateway."""

    default_bgp_ip_addresses: list[str | None] | None = None


class BgpSettings(Wire, frozen=True):
    """The gateway's own addresses."""

    bgp_peering_address: str | None = None
    bgp_peering_addresses: list[BgpInstance | None] | None = None


class ClientConfiguration(Wire, frozen=True):
    """Point-to-site clients."""

    vpn_client_address_pool: AddressSpace | None = None


class Properties(Wire, frozen=True):
    """The properties of a gateway."""

    gateway_type: str | None = None
    vpn_type: str | None = None
    enable_bgp: bool | None = None
    active_active: bool | None = None
    bgp_settings: BgpSettings | None = None
    ip_configurations: list[Row[ConfigurationProperties] | None] | None = None
    vpn_client_configuration: ClientConfiguration | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The gateway."""
    found = row.properties or Properties()
    clients = found.vpn_client_configuration or ClientConfiguration()
    pool = clients.vpn_client_address_pool.texts() if clients.vpn_client_address_pool else ()
    held = [one.properties for one in present(found.ip_configurations) if one.properties]
    subnets = edge.refs((one.subnet for one in held), "properties.ipConfigurations.subnet.id")
    yield VirtualNetworkGateway(
        **edge.base(row),
        gateway_type=edge.word(found.gateway_type, _TYPES, "properties.gatewayType"),
        vpn_type=edge.word(found.vpn_type, _VPN_TYPES, "properties.vpnType"),
        has_bgp=found.enable_bgp is True,
        is_active_active=found.active_active is True,
        subnets=tuple(dict.fromkeys(subnets)),
        client_prefixes=pool,
        client_space=edge.space(pool, "properties.vpnClientConfiguration.vpnClientAddressPool"),
        addresses=_addresses(found.bgp_settings, edge),
    )


def _addresses(settings: BgpSettings | None, edge: Edge) -> tuple[int, ...]:
    """Its addresses by instance; older bodies write two into one text with a comma between."""
    if settings is None:
        return ()
    found = [part.strip() for part in (settings.bgp_peering_address or "").split(",")]
    for instance in present(settings.bgp_peering_addresses):
        found.extend(texts(instance.default_bgp_ip_addresses))
    path = "properties.bgpSettings.bgpPeeringAddress"
    held = [edge.address(text, path) for text in dict.fromkeys(found)]
    return tuple(one for one in held if one is not None)


KIND = Kind(
    arm_type=VirtualNetworkGateway.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/virtualNetworkGateways/read",
    summary="VPN and ExpressRoute gateways, BGP, point-to-site ranges",
)
