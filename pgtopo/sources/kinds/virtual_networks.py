"""Virtual networks; the subnets and peerings inside them are handed on as rows of their own."""

from collections.abc import Iterable

from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.sources.kind import Built, Edge, Kind, Nested, Row, Wire
from pgtopo.sources.shapes import (
    AddressSpace,
    PeeringProperties,
    SubnetProperties,
    children,
    texts,
)


class DhcpOptions(Wire, frozen=True):
    """The DNS servers a network hands out."""

    dns_servers: list[str | None] | None = None


class Properties(Wire, frozen=True):
    """The properties of a virtual network."""

    address_space: AddressSpace | None = None
    dhcp_options: DhcpOptions | None = None
    subnets: list[Row[SubnetProperties] | None] | None = None
    virtual_network_peerings: list[Row[PeeringProperties] | None] | None = None
    provisioning_state: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The network, then its nested subnets and peerings."""
    found = row.properties or Properties()
    prefixes = found.address_space.texts() if found.address_space else ()
    subnets = children(row, found.subnets, "subnets")
    peerings = children(row, found.virtual_network_peerings, "virtualNetworkPeerings")
    yield VirtualNetwork(
        **edge.base(row),
        prefixes=prefixes,
        space=edge.space(prefixes, "properties.addressSpace.addressPrefixes"),
        dns_servers=texts(found.dhcp_options.dns_servers) if found.dhcp_options else (),
        subnets=tuple(edge.ids.fold(text) for text, _ in subnets),
        peerings=tuple(edge.ids.fold(text) for text, _ in peerings),
        provisioning=found.provisioning_state or "",
    )
    for _, child in subnets:
        yield Nested(Subnet.KIND, child)
    for _, child in peerings:
        yield Nested(Peering.KIND, child)


KIND = Kind(
    arm_type=VirtualNetwork.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/virtualNetworks/read",
    summary="address space, DNS servers, subnets, peerings",
)
