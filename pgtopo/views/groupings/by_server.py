"""Servers, each with everything it refers to and is referred to by."""

from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import parent_of
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.forest import Node, Role
from pgtopo.views.groupings.planter import Planter
from pgtopo.views.labels import name_in
from pgtopo.views.sort_keys import by_name


def plant(topology: Topology) -> list[Node]:
    """The nodes of the estate by server."""
    planter = Planter(topology)
    for server in sorted(topology.all(FlexibleServer), key=by_name):
        _server(planter, server)
    return planter.nodes


def _server(planter: Planter, server: FlexibleServer) -> None:
    topology = planter.topology
    planter.add(0, Role.SERVER, server.id)
    if server.subnet is not None:
        _place(planter, server)
    if server.zone is not None:
        planter.add(1, Role.ZONE, server.zone, kind=PrivateZone.KIND)
        planter.links(2, server.zone)
    if server.source_server is not None:
        planter.add(1, Role.PRIMARY, server.source_server, kind=FlexibleServer.KIND)
    planter.each(1, Role.REPLICA, topology.replicas_of(server.id))
    planter.rules_and_ends(1, server)


def _place(planter: Planter, server: FlexibleServer) -> None:
    """The server's subnet, its network and what governs them."""
    assert server.subnet is not None  # noqa: S101  asked by the caller
    subnet = planter.topology.get(Subnet, server.subnet)
    network = parent_of(server.subnet)
    planter.add(1, Role.NETWORK, network, name_in(planter.topology, network))
    planter.add(2, Role.SUBNET, server.subnet, kind=Subnet.KIND)
    if subnet is not None:
        planter.governors(3, subnet)
    planter.each(2, Role.PEERING, planter.topology.peerings_of(network))
