"""Writes the nodes of a tree in reading order, with the branches that several groupings share."""

from collections.abc import Iterable

from pgtopo.model.base import Resource
from pgtopo.model.dns import (
    ForwardingRuleset,
    InboundEndpoint,
    OutboundEndpoint,
    PrivateZone,
    RulesetLink,
    ZoneLink,
)
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.network import NetworkInterface, Subnet, VirtualNetwork
from pgtopo.model.routing import VirtualNetworkGateway
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.forest import Node, Role
from pgtopo.views.signs import count
from pgtopo.views.sort_keys import by_address, by_name

ESTATE = Node(0, Role.ESTATE, ArmId(""), "the whole estate")
"""The first row of every grouping: the estate as a whole."""

_ZONE_KIND = PrivateZone.KIND


class Planter:
    """Collects nodes; every method adds one branch at a depth."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.nodes: list[Node] = [ESTATE]

    def add(self, depth: int, role: Role, arm_id: str, text: str = "", kind: str = "") -> None:
        """One node."""
        self.nodes.append(Node(depth, role, ArmId(arm_id), text, kind))

    def each(self, depth: int, role: Role, resources: Iterable[Resource]) -> None:
        """One node per resource, by name."""
        for resource in sorted(resources, key=by_name):
            self.add(depth, role, resource.id)

    # -- networks -----------------------------------------------------------------------------

    def network(self, depth: int, network: VirtualNetwork) -> None:
        """A network with its subnets, peerings and links."""
        self.add(depth, Role.NETWORK, network.id)
        for subnet in sorted(self.topology.subnets_of(network.id), key=by_address):
            self.subnet(depth + 1, subnet)
        self.each(depth + 1, Role.PEERING, self.topology.peerings_of(network.id))
        for link in sorted(self.topology.links_of_network(network.id), key=by_name):
            self.add(depth + 1, Role.LINK, link.id, _zone_name(self.topology, link.zone))
        links = self.topology.index("tree ruleset links", RulesetLink, lambda k: (k.network,))
        for ruleset_link in links.get(network.id, ()):
            ruleset = ruleset_link.ruleset
            self.add(depth + 1, Role.RULESET, ruleset, kind=ForwardingRuleset.KIND)

    def subnet(self, depth: int, subnet: Subnet, text: str = "") -> None:
        """A subnet with what lives in it and what governs it."""
        self.add(depth, Role.SUBNET, subnet.id, text)
        inner = depth + 1
        self.each(inner, Role.SERVER, self.topology.servers_in(subnet.id))
        self.tenants(inner, subnet.id)
        self.governors(inner, subnet)
        self.interfaces(inner, subnet.id)

    def tenants(self, depth: int, subnet: ArmId) -> None:
        """Endpoints, resolvers, gateways and firewalls in a subnet."""
        at = self.topology
        ends = at.index("tree endpoints", PrivateEndpoint, lambda e: (e.subnet,))
        self.each(depth, Role.ENDPOINT, ends.get(subnet, ()))
        ins = at.index("tree inbound", InboundEndpoint, lambda e: e.subnets)
        self.each(depth, Role.INBOUND, ins.get(subnet, ()))
        outs = at.index("tree outbound", OutboundEndpoint, lambda e: (e.subnet,))
        self.each(depth, Role.OUTBOUND, outs.get(subnet, ()))
        ways = at.index("tree gateways", VirtualNetworkGateway, lambda g: g.subnets)
        self.each(depth, Role.GATEWAY, ways.get(subnet, ()))
        walls = at.index("tree firewalls", AzureFirewall, lambda f: f.subnets)
        self.each(depth, Role.FIREWALL, walls.get(subnet, ()))

    def governors(self, depth: int, subnet: Subnet) -> None:
        """The filter, routes and egress a subnet refers to."""
        for role, arm_id in (
            (Role.NSG, subnet.nsg),
            (Role.ROUTES, subnet.route_table),
            (Role.NAT, subnet.nat_gateway),
        ):
            if arm_id is not None:
                self.add(depth, role, arm_id)

    def interfaces(self, depth: int, subnet: ArmId) -> None:
        """Network interfaces in a subnet, those of endpoints left out."""
        nics: list[NetworkInterface] = [
            n for n in self.topology.nics_in(subnet) if n.private_endpoint is None
        ]
        if not nics:
            return
        self.add(depth, Role.FOLDER, "", count(len(nics), "interface"))
        self.each(depth + 1, Role.NIC, nics)

    # -- servers and zones --------------------------------------------------------------------

    def rules_and_ends(self, depth: int, server: FlexibleServer) -> None:
        """What lets clients in that come from outside a network."""
        self.each(depth, Role.FIREWALL_RULE, self.topology.firewall_rules(server.id))
        self.each(depth, Role.ENDPOINT, self.topology.endpoints_of(server.id))

    def links(self, depth: int, zone: ArmId) -> None:
        """The networks a zone is linked to."""
        links: list[ZoneLink] = self.topology.links_of_zone(zone)
        for link in sorted(links, key=by_name):
            name = name_of(self.topology.display(link.network)) if link.network else link.name
            self.add(depth, Role.LINK, link.id, name)


def _zone_name(topology: Topology, zone: ArmId) -> str:
    return name_of(topology.display(zone))
