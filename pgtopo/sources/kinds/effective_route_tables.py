"""The effective route table of an interface: an answer of the platform, not a resource."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.in_force import EffectiveRoutes, RouteInForce
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class Line(Wire, frozen=True):
    """One route of the table."""

    address_prefix: list[str | None] | None = None
    next_hop_type: str | None = None
    next_hop_ip_address: list[str | None] | None = None
    source: str | None = None
    state: str | None = None


class Properties(Wire, frozen=True):
    """The table."""

    value: list[Line | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The table of the interface that the row stands below."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield EffectiveRoutes(
        **base,
        nic=ancestor(base["id"], "networkinterfaces") or parent_of(base["id"]),
        routes=tuple(
            RouteInForce(
                prefixes=texts(one.address_prefix),
                hop_type=one.next_hop_type or "",
                hop_ips=texts(one.next_hop_ip_address),
                source=one.source or "",
                state=one.state or "",
            )
            for one in present(found.value)
        ),
    )


KIND = Kind(
    arm_type=EffectiveRoutes.KIND,
    shape=Row[Properties],
    build=build,
    permission="Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
    summary="routes in force on a network interface",
)
