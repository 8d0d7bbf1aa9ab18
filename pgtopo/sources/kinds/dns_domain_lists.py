"""Domain lists of DNS security policies."""

from collections.abc import Iterable

from pgtopo.model.dns import DnsDomainList
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import domain, texts


class Properties(Wire, frozen=True):
    """The domains; long lists are kept elsewhere and are then missing here."""

    domains: list[str | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The list."""
    domains = row.properties.domains if row.properties else None
    yield DnsDomainList(
        **edge.base(row),
        domains=None if domains is None else tuple(domain(text) for text in texts(domains)),
    )


KIND = Kind(
    arm_type=DnsDomainList.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolverDomainLists/read",
    is_assumed_none=True,
    summary="domains that DNS security rules name",
)
