"""Which resources the checks are about: those on the way to flexible servers, and no others.

An estate holds thousands of subnets and zones that have nothing to do with PostgreSQL. What is
referred to by a server but not in the data is handed on as `Unseen`, never left out.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import SUFFIXES
from pgtopo.checks.base import Unseen
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.model.topology import Topology

R = TypeVar("R", NetworkSecurityGroup, RouteTable)

_SUFFIXES = tuple(SUFFIXES.values())
_ENDINGS = tuple(f".{suffix}" for suffix in _SUFFIXES)


def injected_servers(topology: Topology) -> Iterator[FlexibleServer]:
    """The servers that live in a delegated subnet."""
    return (s for s in topology.all(FlexibleServer) if s.mode is Mode.VNET)


def public_servers(topology: Topology) -> Iterator[FlexibleServer]:
    """The servers outside every network, with or without private endpoints."""
    modes = (Mode.PUBLIC, Mode.PRIVATE_ENDPOINT)
    return (s for s in topology.all(FlexibleServer) if s.mode in modes)


def admitting_servers(topology: Topology) -> Iterator[FlexibleServer]:
    """The servers whose firewall rules count: public ones that say public access is on."""
    return (s for s in public_servers(topology) if s.public_access.lower() == "enabled")


def servers_with_zone(topology: Topology) -> Iterator[FlexibleServer]:
    """The injected servers that name a private DNS zone."""
    return (s for s in injected_servers(topology) if s.zone is not None)


def server_subnets(topology: Topology) -> Iterator[Subnet | Unseen]:
    """The subnets that servers are injected into, each once; also those not in the data."""
    seen: set[ArmId] = set()
    for server in topology.all(FlexibleServer):
        if server.subnet is None or server.subnet in seen:
            continue
        seen.add(server.subnet)
        found = topology.get(Subnet, server.subnet)
        yield found or Unseen(subject=server.id, kind=Subnet.KIND, wanted=server.subnet)


def postgres_subnets(topology: Topology) -> Iterator[Subnet | Unseen]:
    """The subnets with servers in them, and those delegated to servers but still empty."""
    yield from server_subnets(topology)
    for subnet in topology.all(Subnet):
        if subnet.is_pg_delegated and not topology.servers_in(subnet.id):
            yield subnet


def server_networks(topology: Topology) -> Iterator[VirtualNetwork | Unseen]:
    """The networks that servers are injected into, each once; also those not in the data."""
    seen: set[ArmId] = set()
    for server in topology.all(FlexibleServer):
        network = ancestor(server.subnet, "virtualnetworks") if server.subnet else None
        if network is None or network in seen:
            continue
        seen.add(network)
        found = topology.get(VirtualNetwork, network)
        yield found or Unseen(subject=server.id, kind=VirtualNetwork.KIND, wanted=network)


def server_nsgs(topology: Topology) -> Iterator[NetworkSecurityGroup | Unseen]:
    """The network security groups on the subnets of servers, each once."""
    return _referred(topology, NetworkSecurityGroup, lambda subnet: subnet.nsg)


def server_route_tables(topology: Topology) -> Iterator[RouteTable | Unseen]:
    """The route tables on the subnets of servers, each once."""
    return _referred(topology, RouteTable, lambda subnet: subnet.route_table)


def _referred(
    topology: Topology, kind: type[R], reference: Callable[[Subnet], ArmId | None]
) -> Iterator[R | Unseen]:
    seen: set[ArmId] = set()
    for subnet in server_subnets(topology):
        wanted = reference(subnet) if isinstance(subnet, Subnet) else None
        if wanted is None or wanted in seen or isinstance(subnet, Unseen):
            continue
        seen.add(wanted)
        yield topology.get(kind, wanted) or Unseen(subject=subnet.id, kind=kind.KIND, wanted=wanted)


def is_postgres_domain(domain: str) -> bool:
    """Whether a domain is a name space of flexible servers, in any cloud."""
    return domain in _SUFFIXES or domain.endswith(_ENDINGS)


def postgres_zones(topology: Topology) -> Iterator[PrivateZone]:
    """The zones that hold servers' names: by their own name, or because a server says so."""
    for zone in topology.all(PrivateZone):
        if is_postgres_domain(zone.domain) or topology.servers_of_zone(zone.id):
            yield zone


def postgres_links(topology: Topology) -> Iterator[ZoneLink]:
    """The virtual network links of zones that hold servers' names."""
    theirs: dict[ArmId, bool] = {}
    for link in topology.all(ZoneLink):
        is_theirs = theirs.get(link.zone)
        if is_theirs is None:
            is_theirs = theirs[link.zone] = _holds_servers(topology, link.zone)
        if is_theirs:
            yield link


def _holds_servers(topology: Topology, zone_id: ArmId) -> bool:
    zone = topology.get(PrivateZone, zone_id)
    domain = zone.domain if zone else zone_id.rsplit("/", 1)[-1]
    return is_postgres_domain(domain) or bool(topology.servers_of_zone(zone_id))


def postgres_records(topology: Topology) -> Iterator[RecordSet]:
    """The record sets of zones that hold servers' names."""
    for zone in postgres_zones(topology):
        yield from topology.records_of(zone.id)


def postgres_endpoints(topology: Topology) -> Sequence[PrivateEndpoint]:
    """The private endpoints that lead to a flexible server."""
    return topology.index("endpoints to servers", PrivateEndpoint, _server_kind).get(_SERVERS, ())


_SERVERS = ArmId(FlexibleServer.KIND)


def _server_kind(endpoint: PrivateEndpoint) -> tuple[ArmId, ...]:
    """The kind of flexible servers, where an endpoint leads to one."""
    leads_there = any(c.target and is_server(c.target) for c in endpoint.connections)
    return (_SERVERS,) if leads_there else ()


def endpoint_subnets(topology: Topology) -> Iterator[Subnet | Unseen]:
    """The subnets of private endpoints to servers, each once; also those not in the data."""
    seen: set[ArmId] = set()
    for endpoint in postgres_endpoints(topology):
        if endpoint.subnet is None or endpoint.subnet in seen:
            continue
        seen.add(endpoint.subnet)
        found = topology.get(Subnet, endpoint.subnet)
        yield found or Unseen(subject=endpoint.id, kind=Subnet.KIND, wanted=endpoint.subnet)


def is_server(arm_id: ArmId) -> bool:
    """Whether an id is that of a flexible server."""
    return "/providers/microsoft.dbforpostgresql/flexibleservers/" in arm_id


def homes(facts: Facts) -> frozenset[ArmId]:
    """The networks in which servers, or private endpoints that lead to servers, have addresses."""
    return facts.once("networks of servers", "", lambda: frozenset(_homes(facts.topology)))


def _homes(topology: Topology) -> Iterator[ArmId]:
    places = [server.subnet for server in topology.all(FlexibleServer)]
    places += [endpoint.subnet for endpoint in postgres_endpoints(topology)]
    for place in places:
        network = ancestor(place, "virtualnetworks") if place else None
        if network is not None:
            yield network


def concerned(facts: Facts) -> frozenset[ArmId]:
    """The networks that show an interest in servers.

    They hold servers or endpoints, see a zone of servers, or are peered with such a home.
    """
    return facts.once("concerned networks", "", lambda: concerned_networks(facts.topology))


def concerned_networks(topology: Topology) -> frozenset[ArmId]:
    """The same, where only the estate is at hand."""
    return frozenset(_concerned(topology))


def _concerned(topology: Topology) -> Iterator[ArmId]:
    found = frozenset(_homes(topology))
    yield from found
    for link in postgres_links(topology):
        if link.network is not None:
            yield link.network
    for peering in topology.all(Peering):
        if peering.remote in found:
            yield peering.network
        if peering.network in found and peering.remote is not None:
            yield peering.remote


def concerns_servers(facts: Facts, *networks: ArmId | None) -> bool:
    """Whether one of these networks holds servers, sees a zone of theirs, or is their neighbour."""
    return any(one in concerned(facts) for one in networks if one is not None)


def injected_replicas(topology: Topology) -> Iterator[FlexibleServer]:
    """The injected servers that follow another server."""
    return (s for s in injected_servers(topology) if s.source_server is not None)


def needs_internal_traffic(facts: Facts, server: FlexibleServer) -> bool:
    """Whether a server has a standby or a replica to talk to."""
    return server.has_ha or server.is_replica or bool(facts.topology.replicas_of(server.id))


def gateway_subnets(topology: Topology) -> Iterator[Subnet]:
    """The subnets that hold VPN and ExpressRoute gateways."""
    return (subnet for subnet in topology.all(Subnet) if is_gateway_subnet(subnet))


def is_gateway_subnet(subnet: Subnet) -> bool:
    """Whether a subnet is the one place in its network where a gateway can be."""
    return subnet.name.lower() == "gatewaysubnet"
