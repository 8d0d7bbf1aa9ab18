"""Virtual network links of DNS security policies."""

from collections.abc import Iterable

from pgtopo.model.dns import DnsPolicyLink
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """Which network the policy covers."""

    virtual_network: IdRef | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The link."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield DnsPolicyLink(
        **base,
        policy=ancestor(base["id"], "dnsresolverpolicies") or parent_of(base["id"]),
        network=edge.ref(found.virtual_network, "properties.virtualNetwork.id"),
    )


KIND = Kind(
    arm_type=DnsPolicyLink.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolverPolicies/virtualNetworkLinks/read",
    is_assumed_none=True,
    summary="which networks a DNS security policy covers",
)
