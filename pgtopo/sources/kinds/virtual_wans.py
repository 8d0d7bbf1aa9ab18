"""Virtual WANs."""

from collections.abc import Iterable

from pgtopo.model.nsg import IdRef
from pgtopo.model.routing import VirtualWan
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of a virtual WAN."""

    virtual_hubs: list[IdRef | None] | None = None
    allow_branch_to_branch_traffic: bool | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The virtual WAN."""
    found = row.properties or Properties()
    yield VirtualWan(
        **edge.base(row),
        hubs=edge.refs(found.virtual_hubs, "properties.virtualHubs.id"),
        allows_branch_to_branch=found.allow_branch_to_branch_traffic is not False,
    )


KIND = Kind(
    arm_type=VirtualWan.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/virtualWans/read",
    is_assumed_none=True,
    summary="hubs of a virtual WAN",
    is_told_by_id=True,
)
