"""Virtual networks; the subnets and peerings inside them are handed on as rows of their own."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.ids import name_of
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.sources.kind import Built, Edge, Kind, Nested, Row, Wire
from pgtopo.sources.shapes import AddressSpace, PeeringProperties, SubnetProperties


class DhcpOptions(Wire, frozen=True):
    """The DNS servers a network hands out."""

    dns_servers: list[str] | None = None


class Properties(Wire, frozen=True):
    """The properties of a virtual network."""

    address_space: AddressSpace | None = None
    dhcp_options: DhcpOptions | None = None
    subnets: list[Row[SubnetProperties]] | None = None
    virtual_network_peerings: list[Row[PeeringProperties]] | None = None
    provisioning_state: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The network, then its nested subnets and peerings."""
    found = row.properties or Properties()
    prefixes = found.address_space.texts() if found.address_space else ()
    base = edge.base(row)
    subnets = _named(row, found.subnets, "subnets")
    peerings = _named(row, found.virtual_network_peerings, "virtualNetworkPeerings")
    yield VirtualNetwork(
        **base,
        prefixes=prefixes,
        space=edge.space(prefixes, "properties.addressSpace.addressPrefixes"),
        dns_servers=tuple(found.dhcp_options.dns_servers or ()) if found.dhcp_options else (),
        subnets=tuple(edge.ids.fold(text) for text, _ in subnets),
        peerings=tuple(edge.ids.fold(text) for text, _ in peerings),
        provisioning=found.provisioning_state or "",
    )
    for text, child in subnets:
        yield Nested(Subnet.KIND, _with_id(child, text))
    for text, child in peerings:
        yield Nested(Peering.KIND, _with_id(child, text))


def _named(
    row: Row[Properties], rows: list[Row[Any]] | None, segment: str
) -> list[tuple[str, Any]]:
    """Nested rows with an id each: their own, or one made from their name."""
    found = []
    for child in rows or ():
        text = child.id or (f"{row.id}/{segment}/{child.name}" if child.name else "")
        if text:
            found.append((text, child))
    return found


def _with_id(child: Row[Any], text: str) -> Row[Any]:
    if child.id == text and child.name:
        return child
    return Row(id=text, name=child.name or name_of(text), properties=child.properties)


KIND = Kind(
    arm_type=VirtualNetwork.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/virtualNetworks/read",
    summary="address space, DNS servers, subnets, peerings",
)
