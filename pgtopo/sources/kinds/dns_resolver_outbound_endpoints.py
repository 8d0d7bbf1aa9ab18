"""Outbound endpoints of DNS private resolvers."""

from collections.abc import Iterable

from pgtopo.model.dns import OutboundEndpoint
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of an outbound endpoint."""

    subnet: IdRef | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The endpoint."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield OutboundEndpoint(
        **base,
        resolver=ancestor(base["id"], "dnsresolvers") or parent_of(base["id"]),
        subnet=edge.ref(found.subnet, "properties.subnet.id"),
    )


KIND = Kind(
    arm_type=OutboundEndpoint.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolvers/outboundEndpoints/read",
    summary="where forwarded queries leave from",
)
