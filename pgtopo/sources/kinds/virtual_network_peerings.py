"""Peering halves, as nested in their network or as rows of their own."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.network import Peering
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes import AddressSpace, PeeringProperties, texts

_STATES = frozenset({"initiated", "connected", "disconnected"})
_SYNC_LEVELS = frozenset(
    {"fullyinsync", "remotenotinsync", "localnotinsync", "localandremotenotinsync"}
)


def build(row: Row[PeeringProperties], edge: Edge) -> Iterable[Built]:
    """The half that lives in the network its id names."""
    found = row.properties or PeeringProperties()
    head = edge.head(row)
    current = _texts(found.remote_virtual_network_address_space)
    # A body without remoteAddressSpace says nothing against the one list it has.
    is_silent = found.remote_address_space is None
    routed = current if is_silent else _texts(found.remote_address_space)
    yield Peering(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        network=ancestor(head.id, "virtualnetworks") or parent_of(head.id),
        remote=edge.ref(found.remote_virtual_network, "properties.remoteVirtualNetwork.id"),
        state=edge.word(found.peering_state, _STATES, "properties.peeringState"),
        sync_level=edge.word(found.peering_sync_level, _SYNC_LEVELS, "properties.peeringSyncLevel"),
        remote_prefixes=routed,
        remote_space=edge.space(routed, "properties.remoteAddressSpace.addressPrefixes"),
        remote_current_prefixes=current,
        remote_current_space=edge.space(
            current, "properties.remoteVirtualNetworkAddressSpace.addressPrefixes"
        ),
        allows_access=found.allow_virtual_network_access is not False,
        allows_forwarded=found.allow_forwarded_traffic is True,
        is_forwarded_stated=found.allow_forwarded_traffic is not None,
        allows_gateway_transit=found.allow_gateway_transit is True,
        uses_remote_gateways=found.use_remote_gateways is True,
        is_complete=found.peer_complete_vnets is not False,
        local_subnets=texts(found.local_subnet_names),
        remote_subnets=texts(found.remote_subnet_names),
        is_ipv6_only=found.has_only_ipv6 is True,
    )


def _texts(space: AddressSpace | None) -> tuple[str, ...]:
    return space.texts() if space is not None else ()


KIND = Kind(
    arm_type=Peering.KIND,
    shape=Row[PeeringProperties],
    build=build,
    permission="Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
    summary="remote network, state, remote ranges, forwarding and gateway flags",
)
