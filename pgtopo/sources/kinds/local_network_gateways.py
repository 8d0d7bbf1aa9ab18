"""Local network gateways: the far ends of site-to-site VPNs."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.routing import LocalNetworkGateway
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import AddressSpace


class Properties(Wire, frozen=True):
    """The properties of a local network gateway."""

    local_network_address_space: AddressSpace | None = None
    gateway_ip_address: str | None = None
    fqdn: str | None = None
    bgp_settings: dict[str, Any] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The far end, with the prefixes behind it."""
    found = row.properties or Properties()
    space = found.local_network_address_space
    prefixes = space.texts() if space else ()
    yield LocalNetworkGateway(
        **edge.base(row),
        prefixes=prefixes,
        space=edge.space(prefixes, "properties.localNetworkAddressSpace.addressPrefixes"),
        gateway_address=found.gateway_ip_address or found.fqdn or "",
        has_bgp=bool(found.bgp_settings),
    )


KIND = Kind(
    arm_type=LocalNetworkGateway.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/localNetworkGateways/read",
    summary="on-premises prefixes behind a VPN",
)
