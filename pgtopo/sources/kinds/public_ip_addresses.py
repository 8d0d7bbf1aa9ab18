"""Public IP addresses."""

from collections.abc import Iterable

from pgtopo.model.network import PublicIp
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of a public address."""

    ip_address: str | None = None
    ip_configuration: IdRef | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The address; empty where none is assigned yet."""
    found = row.properties or Properties()
    edge.address(found.ip_address, "properties.ipAddress")
    head = edge.head(row)
    yield PublicIp(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        address=found.ip_address or "",
        configuration=edge.ref(found.ip_configuration, "properties.ipConfiguration.id"),
    )


KIND = Kind(
    arm_type=PublicIp.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/publicIPAddresses/read",
    summary="public addresses and what they are attached to",
)
