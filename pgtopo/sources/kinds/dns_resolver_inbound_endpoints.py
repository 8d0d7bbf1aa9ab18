"""Inbound endpoints of DNS private resolvers."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.dns import InboundEndpoint
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class Configuration(Wire, frozen=True):
    """One address; resolvers spell it with a small p, unlike interfaces."""

    subnet: IdRef | None = None
    private_ip_address: str | None = None
    address_capital: str | None = msgspec.field(default=None, name="privateIPAddress")
    private_ip_allocation_method: str | None = None


class Properties(Wire, frozen=True):
    """The properties of an inbound endpoint."""

    ip_configurations: list[Configuration | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The endpoint."""
    found = row.properties or Properties()
    base = edge.base(row)
    held = present(found.ip_configurations)
    path = "properties.ipConfigurations"
    addresses = texts(one.private_ip_address or one.address_capital for one in held)
    for text in addresses:
        edge.address(text, f"{path}.privateIpAddress")
    yield InboundEndpoint(
        **base,
        resolver=ancestor(base["id"], "dnsresolvers") or parent_of(base["id"]),
        addresses=addresses,
        subnets=edge.refs((one.subnet for one in held), f"{path}.subnet.id"),
        allocation=next(iter(texts(one.private_ip_allocation_method for one in held)), ""),
    )


KIND = Kind(
    arm_type=InboundEndpoint.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolvers/inboundEndpoints/read",
    summary="addresses that answer like Azure DNS",
)
