"""NAT gateways."""

from collections.abc import Iterable

from pgtopo.model.network import NatGateway
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of a NAT gateway."""

    public_ip_addresses: list[IdRef | None] | None = None
    public_ip_prefixes: list[IdRef | None] | None = None
    subnets: list[IdRef | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The gateway."""
    found = row.properties or Properties()
    yield NatGateway(
        **edge.base(row),
        public_ips=edge.refs(found.public_ip_addresses, "properties.publicIpAddresses.id"),
        public_prefixes=edge.refs(found.public_ip_prefixes, "properties.publicIpPrefixes.id"),
        subnets=edge.refs(found.subnets, "properties.subnets.id"),
    )


KIND = Kind(
    arm_type=NatGateway.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/natGateways/read",
    is_assumed_none=True,
    summary="outbound addresses of subnets",
)
