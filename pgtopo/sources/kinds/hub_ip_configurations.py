"""IP configurations of Route Servers."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.model.routing import HubIpConfiguration
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """Where the Route Server sits."""

    subnet: IdRef | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The configuration."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield HubIpConfiguration(
        **base,
        hub=ancestor(base["id"], "virtualhubs") or parent_of(base["id"]),
        subnet=edge.ref(found.subnet, "properties.subnet.id"),
    )


KIND = Kind(
    arm_type=HubIpConfiguration.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/virtualHubs/ipConfigurations/read",
    is_assumed_none=True,
    summary="subnets of Route Servers",
)
