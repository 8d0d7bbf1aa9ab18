"""DNS private resolvers."""

from collections.abc import Iterable

from pgtopo.model.dns import DnsResolver
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of a resolver."""

    virtual_network: IdRef | None = None
    dns_resolver_state: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The resolver."""
    found = row.properties or Properties()
    yield DnsResolver(
        **edge.base(row),
        network=edge.ref(found.virtual_network, "properties.virtualNetwork.id"),
        state=found.dns_resolver_state or "",
    )


KIND = Kind(
    arm_type=DnsResolver.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolvers/read",
    summary="resolvers and the networks they sit in",
)
