"""Network group memberships of virtual networks."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.avnm import GroupMembership
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes import present
from pgtopo.sources.shapes_manager import Folded, network_of, read_folded


class Membership(Folded, frozen=True):
    """One group."""

    network_group_id: str | None = None
    id: str | None = None


class Memberships(Folded, frozen=True):
    """The properties of the row."""

    group_memberships: list[Membership | None] | None = None


def build(row: Row[dict[str, Any]], edge: Edge) -> Iterable[Built]:
    """The groups of the network."""
    found = read_folded(row, Memberships, edge)
    base = edge.base(row)
    path = "properties.groupMemberships.networkGroupId"
    groups = [
        edge.fold(one.network_group_id or one.id, path) for one in present(found.group_memberships)
    ]
    yield GroupMembership(
        **base,
        network=network_of(base["id"]),
        groups=tuple(arm_id for arm_id in groups if arm_id is not None),
    )


KIND = Kind(
    arm_type=GroupMembership.KIND,
    shape=Row[dict[str, Any]],
    build=build,
    table="networkresources",
    permission="Microsoft.Network/networkGroupMemberships/read",
    is_assumed_none=True,
    summary="network groups a network belongs to",
)
