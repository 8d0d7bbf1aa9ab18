"""Network Manager connectivity in force on a virtual network."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.avnm import ConnectivityGroup, EffectiveConnectivity
from pgtopo.model.ids import ArmId
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes import present
from pgtopo.sources.shapes_manager import Folded, FoldedRef, is_true, network_of, read_folded

_TOPOLOGIES = frozenset({"mesh", "hubandspoke"})


class Hub(Folded, frozen=True):
    """The network in the middle."""

    resource_id: str | None = None


class AppliedGroup(Folded, frozen=True):
    """A network group the configuration applies to."""

    network_group_id: str | None = None
    group_connectivity: str | None = None


class Body(Folded, frozen=True):
    """The properties of a connectivity configuration."""

    connectivity_topology: str | None = None
    hubs: list[Hub | None] | None = None
    is_global: str | bool | None = None
    applies_to_groups: list[AppliedGroup | None] | None = None


class Configuration(Folded, frozen=True):
    """One connectivity configuration that is deployed to the network."""

    id: str | None = None
    properties: Body | None = None
    configuration_groups: list[FoldedRef | None] | None = None


class Effective(Folded, frozen=True):
    """The properties of the row."""

    effective_connectivity_configurations: list[Configuration | None] | None = None


def build(row: Row[dict[str, Any]], edge: Edge) -> Iterable[Built]:
    """The configurations of the network."""
    found = read_folded(row, Effective, edge)
    base = edge.base(row)
    yield EffectiveConnectivity(
        **base,
        network=network_of(base["id"]),
        configurations=tuple(
            _configuration(one, edge)
            for one in present(found.effective_connectivity_configurations)
        ),
    )


def _configuration(found: Configuration, edge: Edge) -> ConnectivityGroup:
    body = found.properties or Body()
    hubs = (edge.fold(one.resource_id, "properties.hubs.resourceId") for one in present(body.hubs))
    return ConnectivityGroup(
        configuration=edge.fold(found.id),
        topology=edge.word(
            body.connectivity_topology, _TOPOLOGIES, "properties.connectivityTopology"
        ),
        groups=_groups(found, body, edge),
        hubs=tuple(arm_id for arm_id in hubs if arm_id is not None),
        is_global=is_true(body.is_global),
    )


def _groups(found: Configuration, body: Body, edge: Edge) -> tuple[tuple[ArmId, str], ...]:
    """The groups it applies to; where only their ids are given, how they connect stays empty."""
    path = "properties.appliesToGroups.networkGroupId"
    groups: dict[ArmId, str] = {}
    for applied in present(body.applies_to_groups):
        arm_id = edge.fold(applied.network_group_id, path)
        if arm_id is not None:
            groups[arm_id] = applied.group_connectivity or ""
    if not groups:
        listed = (edge.fold(one.id, path) for one in present(found.configuration_groups))
        groups = {arm_id: "" for arm_id in listed if arm_id is not None}
    return tuple(groups.items())


KIND = Kind(
    arm_type=EffectiveConnectivity.KIND,
    shape=Row[dict[str, Any]],
    build=build,
    table="networkresources",
    permission="Microsoft.Network/virtualNetworks/read",
    is_assumed_none=True,
    summary="meshes and hubs Network Manager connects a network to",
)
