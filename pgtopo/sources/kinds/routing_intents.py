"""Routing intent of Virtual WAN hubs."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.routing import RoutingIntent, VirtualHub
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class Policy(Wire, frozen=True):
    """Which traffic goes through which device."""

    destinations: list[str | None] | None = None
    next_hop: str | None = None


class Properties(Wire, frozen=True):
    """The policies of the intent."""

    routing_policies: list[Policy | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The intent."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield RoutingIntent(
        **base,
        hub=ancestor(base["id"], "virtualhubs") or parent_of(base["id"]),
        policies=tuple(
            (destination, policy.next_hop or "")
            for policy in present(found.routing_policies)
            for destination in texts(policy.destinations)
        ),
    )


KIND = Kind(
    arm_type=RoutingIntent.KIND,
    shape=Row[Properties],
    build=build,
    parent=VirtualHub.KIND,
    permission="Microsoft.Network/virtualHubs/routingIntent/read",
    arm_path="routingIntent",
    api_version="2026-03-01",
    is_assumed_none=True,
    summary="traffic a hub sends through a firewall or appliance",
)
