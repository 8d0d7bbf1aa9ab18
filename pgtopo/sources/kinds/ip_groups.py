"""IP groups."""

from collections.abc import Iterable

from pgtopo.model.firewall import IpGroup
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import texts


class Properties(Wire, frozen=True):
    """The members of a group."""

    ip_addresses: list[str | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The group."""
    yield IpGroup(
        **edge.base(row),
        addresses=texts(row.properties.ip_addresses) if row.properties else (),
    )


KIND = Kind(
    arm_type=IpGroup.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/ipGroups/read",
    summary="named lists of ranges for firewall rules",
)
