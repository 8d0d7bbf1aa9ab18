"""Networks, what is in their subnets, and servers that are in none."""

from pgtopo.model.ids import ArmId, parent_of
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.forest import Node, Role
from pgtopo.views.groupings.planter import Planter
from pgtopo.views.sort_keys import by_name


def plant(topology: Topology) -> list[Node]:
    """The nodes of the estate by network."""
    planter = Planter(topology)
    for network in sorted(topology.all(VirtualNetwork), key=by_name):
        planter.network(0, network)
    _unseen(planter)
    _outside(planter)
    return planter.nodes


def _unseen(planter: Planter) -> None:
    """Subnets without their network, and servers in subnets that are not in the data."""
    topology = planter.topology
    wanted: dict[ArmId, dict[ArmId, list[FlexibleServer]]] = {}
    for subnet in topology.all(Subnet):
        if topology.find(subnet.network) is None:
            wanted.setdefault(subnet.network, {}).setdefault(subnet.id, [])
    for server in topology.all(FlexibleServer):
        if server.subnet is not None and topology.find(server.subnet) is None:
            network = parent_of(server.subnet)
            wanted.setdefault(network, {}).setdefault(server.subnet, []).append(server)
    for network, subnets in wanted.items():
        if topology.find(network) is None:
            planter.add(0, Role.NETWORK, network, kind=VirtualNetwork.KIND)
            depth = 1
        else:
            depth = 0
        for subnet_id, servers in subnets.items():
            held = topology.get(Subnet, subnet_id)
            if held is not None:
                planter.subnet(depth, held)
                continue
            planter.add(depth, Role.SUBNET, subnet_id, kind=Subnet.KIND)
            planter.each(depth + 1, Role.SERVER, servers)


def _outside(planter: Planter) -> None:
    """Servers that are in no network."""
    servers = [s for s in planter.topology.all(FlexibleServer) if s.subnet is None]
    if not servers:
        return
    planter.add(0, Role.FOLDER, "", "servers outside every network")
    for server in sorted(servers, key=by_name):
        planter.add(1, Role.SERVER, server.id)
        planter.rules_and_ends(2, server)
