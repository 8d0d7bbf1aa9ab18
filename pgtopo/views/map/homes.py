"""The network in which a resource is looked at."""

from collections.abc import Iterator

from pgtopo.model.base import Resource
from pgtopo.model.dns import DnsResolver, InboundEndpoint, OutboundEndpoint
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId, parent_of
from pgtopo.model.network import NatGateway, NetworkInterface, VirtualMachine, VirtualNetwork
from pgtopo.model.routing import (
    ExpressRouteCircuit,
    GatewayConnection,
    LocalNetworkGateway,
    VirtualHub,
    VirtualNetworkGateway,
)
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology

_MARK = f"{VirtualNetwork.KIND}/"


def network_of(topology: Topology, arm_id: ArmId) -> ArmId | None:
    """The network that is looked at around a resource; None where it is in none.

    A place on premises is looked at from the network of the gateway that leads to it.

    Unknown when: the subnet was not read; then its id tells the network.
    """
    held = topology.find(arm_id)
    if isinstance(held, VirtualNetwork | VirtualHub):
        return arm_id
    home = next(_homes(topology, held), None) if held is not None else None
    return home or _named(arm_id)


def _homes(topology: Topology, held: Resource) -> Iterator[ArmId]:
    """The networks a resource is in, the first one first."""
    if isinstance(held, DnsResolver) and held.network is not None:
        yield held.network
    for subnet in _subnets(topology, held):
        if (network := parent_of(subnet)) is not None:
            yield network


def _subnets(topology: Topology, held: Resource) -> Iterator[ArmId]:
    if isinstance(held, FlexibleServer | PrivateEndpoint | OutboundEndpoint):
        if held.subnet is not None:
            yield held.subnet
    elif isinstance(held, AzureFirewall | VirtualNetworkGateway | NatGateway | InboundEndpoint):
        yield from held.subnets
    elif isinstance(held, NetworkInterface):
        yield from (one.subnet for one in held.configurations if one.subnet is not None)
    elif isinstance(held, VirtualMachine):
        yield from _of_all(topology, held.nics)
    elif isinstance(held, GatewayConnection):
        yield from _of_all(topology, (held.gateway, held.peer_gateway))
    elif isinstance(held, LocalNetworkGateway | ExpressRouteCircuit):
        yield from _of_all(topology, _leading_to(topology, held.id))


def _of_all(topology: Topology, ids: Iterator[ArmId] | tuple[ArmId | None, ...]) -> Iterator[ArmId]:
    for one in ids:
        held = topology.find(one) if one is not None else None
        if held is not None:
            yield from _subnets(topology, held)


def _leading_to(topology: Topology, site: ArmId) -> Iterator[ArmId]:
    """The connections that end at a place."""
    return (
        one.id
        for one in topology.all(GatewayConnection)
        if site in (one.local_gateway, one.circuit)
    )


def _named(arm_id: ArmId) -> ArmId | None:
    front, found, rest = arm_id.partition(_MARK)
    return ArmId(f"{front}{_MARK}{rest.split('/')[0]}") if found else None
