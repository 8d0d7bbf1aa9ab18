"""Which networks are meant to reach which servers, as far as an estate shows it.

A network means a server where it sees the server's zone, by a link of its own or by its resolver,
or where a peering or a connected group joins it with the server's network. Every other network is
no client, so that what keeps it out is no fault.
"""

from collections.abc import Iterable, Iterator
from enum import Enum

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.firewall_proxy import proxy_of
from pgtopo.analysis.names.owners import AZURE_DNS, OwnerKind, owner_of
from pgtopo.analysis.names.rulesets import rulesets_of
from pgtopo.analysis.networks.connected_groups import connected_networks
from pgtopo.analysis.networks.peerings import Usable, peering_state
from pgtopo.analysis.servers.host_names import privatelink_name
from pgtopo.checks.endpoints import zone_groups_of
from pgtopo.checks.scope import is_postgres_domain
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.model.server import FlexibleServer, Mode

_DIRECTORY = 5
"""What names servers of more networks than this serves the whole estate: to see it is to be able
to look any of them up, and says nothing about one of them."""


class Reason(Enum):
    """Why a client is taken to be meant to reach a server, the plainest first."""

    DECLARED = "the settings file declares it"
    OWN = "it is in the server's own network"
    LINKED = "its network is linked to the server's zone"
    RESOLVER = "the resolver of its network sees the server's zone"
    PEERED = "its network is peered with the server's"
    CONNECTED = "Virtual Network Manager connects its network with the server's"


SEES_ZONE = frozenset({Reason.LINKED, Reason.RESOLVER})


def meant_by(facts: Facts, network: ArmId) -> dict[ArmId, Reason]:
    """The servers that a network is meant to reach, each with the plainest reason."""
    return facts.once("servers meant by", network, lambda: dict(_meant_by(facts, network)))


def networks_for(facts: Facts, server: FlexibleServer) -> tuple[ArmId, ...]:
    """The networks that are meant to reach a server, ordered by id."""
    return facts.once("networks meant for", server.id, lambda: _networks_for(facts, server))


def _meant_by(facts: Facts, network: ArmId) -> Iterator[tuple[ArmId, Reason]]:
    found: dict[ArmId, Reason] = {}
    for reason, servers in (
        (Reason.OWN, servers_at(facts, [network])),
        (Reason.LINKED, _servers_seen(facts, [network])),
        (Reason.RESOLVER, _servers_seen(facts, _resolvers_of(facts, network))),
        (Reason.PEERED, servers_at(facts, _peers(facts, network))),
        (Reason.CONNECTED, servers_at(facts, connected_networks(facts, network))),
    ):
        for server in servers:
            found.setdefault(server, reason)
    yield from found.items()


def _networks_for(facts: Facts, server: FlexibleServer) -> tuple[ArmId, ...]:
    at = homes_of(facts, server)
    seeing = {
        link.network
        for zone in zones_of(facts, server)
        for link in facts.topology.links_of_zone(zone)
        if link.network is not None
    }
    candidates = {*at, *seeing, *(one for home in at for one in _peers(facts, home))}
    candidates |= {one for home in at for one in connected_networks(facts, home)}
    asking = facts.once("networks by resolver", "", lambda: _by_resolver(facts))
    candidates |= {one for network in seeing for one in asking.get(network, ())}
    return tuple(sorted(one for one in candidates if server.id in meant_by(facts, one)))


# -- places ----------------------------------------------------------------------------------------


def homes_of(facts: Facts, server: FlexibleServer) -> set[ArmId]:
    """The networks that hold an address of a server: its own, or those of its endpoints."""
    places = [server.subnet, *(one.subnet for one in facts.topology.endpoints_of(server.id))]
    if server.mode is Mode.VNET:
        places = [server.subnet]
    found = {ancestor(place, "virtualnetworks") for place in places if place is not None}
    return {one for one in found if one is not None}


def servers_at(facts: Facts, networks: Iterable[ArmId]) -> Iterator[ArmId]:
    """The servers that have an address in some networks, their own or an endpoint's."""
    topology = facts.topology
    injected = topology.index("servers by network", FlexibleServer, lambda s: (_network(s.subnet),))
    reached = topology.index(
        "endpoints by network", PrivateEndpoint, lambda e: (_network(e.subnet),)
    )
    for network in networks:
        yield from (server.id for server in injected.get(network, ()))
        for endpoint in reached.get(network, ()):
            for connection in endpoint.connections:
                server = topology.get(FlexibleServer, connection.target)
                if server is not None and server.mode is not Mode.VNET:
                    yield server.id


def hub_between(facts: Facts, network: ArmId, server: FlexibleServer) -> ArmId | None:
    """A network that is peered with a client's network and with the server's; None where none."""
    mine = _joined_with(facts, network)
    for home in sorted(homes_of(facts, server) - {network}):
        shared = mine & _joined_with(facts, home)
        if shared and home not in mine:
            return min(shared)
    return None


def _joined_with(facts: Facts, network: ArmId) -> set[ArmId]:
    """The networks at the other end of usable peerings."""
    return {
        peering.remote
        for peering in facts.topology.peerings_of(network)
        if peering.remote is not None and peering_state(facts, peering).usable is Usable.YES
    }


def _network(subnet: ArmId | None) -> ArmId | None:
    return ancestor(subnet, "virtualnetworks") if subnet is not None else None


def _peers(facts: Facts, network: ArmId) -> set[ArmId]:
    topology = facts.topology
    halves: list[Peering] = [*topology.peerings_of(network), *topology.peerings_to(network)]
    ends = {end for half in halves for end in (half.network, half.remote) if end is not None}
    return ends - {network}


# -- names -----------------------------------------------------------------------------------------


def zones_of(facts: Facts, server: FlexibleServer) -> tuple[ArmId, ...]:
    """The private zones that hold a server's name, or are meant to."""
    return facts.once("zones of server", server.id, lambda: tuple(_zones_of(facts, server)))


def _zones_of(facts: Facts, server: FlexibleServer) -> list[ArmId]:
    if server.mode is Mode.VNET:
        return [server.zone] if server.zone is not None else []
    label, _, domain = privatelink_name(facts, server).partition(".")
    found = [
        zone
        for endpoint in facts.topology.endpoints_of(server.id)
        for group in zone_groups_of(facts, endpoint.id)
        for zone in group.zones
    ]
    for zone in facts.topology.zones_named(domain) if _has_endpoint(facts, server) else ():
        names = {record.name.lower() for record in facts.topology.records_of(zone.id)}
        if label in names:
            found.append(zone.id)
    return list(dict.fromkeys(found))


def _has_endpoint(facts: Facts, server: FlexibleServer) -> bool:
    return bool(facts.topology.endpoints_of(server.id))


def _servers_in_zone(facts: Facts, zone: ArmId) -> tuple[FlexibleServer, ...]:
    """The servers that a zone names; none where it is a directory of the whole estate."""
    return facts.once("servers named in zone", zone, lambda: _named_in(facts, zone))


def _named_in(facts: Facts, zone: ArmId) -> tuple[FlexibleServer, ...]:
    held = list(facts.topology.servers_of_zone(zone))
    if not held and zone.rsplit("/", 1)[-1].startswith("privatelink."):
        held = facts.once("reached servers by zone", "", lambda: _reached(facts)).get(zone, [])
    return tuple(held) if not _is_directory(facts, held) else ()


def _reached(facts: Facts) -> dict[ArmId, list[FlexibleServer]]:
    """The servers with private endpoints, by the zones that hold their names."""
    found: dict[ArmId, list[FlexibleServer]] = {}
    for server in facts.topology.all(FlexibleServer):
        if server.mode is not Mode.VNET and _has_endpoint(facts, server):
            for zone in zones_of(facts, server):
                found.setdefault(zone, []).append(server)
    return found


def _is_directory(facts: Facts, servers: Iterable[FlexibleServer]) -> bool:
    """Whether these servers live in so many networks that naming them all shows no intent."""
    places: set[ArmId] = set()
    for server in servers:
        places |= homes_of(facts, server)
        if len(places) > _DIRECTORY:
            return True
    return False


def _servers_seen(facts: Facts, networks: Iterable[ArmId]) -> Iterator[ArmId]:
    """The servers whose zones are linked to some networks."""
    for network in networks:
        for link in facts.topology.links_of_network(network):
            yield from (server.id for server in _servers_in_zone(facts, link.zone))


# -- resolvers -------------------------------------------------------------------------------------


def _resolvers_of(facts: Facts, network: ArmId) -> tuple[ArmId, ...]:
    """Other networks that answer for the names a network asks; none where they see everything."""
    return facts.once("resolver networks", network, lambda: _resolvers(facts, network))


def _resolvers(facts: Facts, network: ArmId) -> tuple[ArmId, ...]:
    row = facts.topology.get(VirtualNetwork, network)
    asked = row.dns_servers if row is not None else ()
    found = set(_owners(facts, asked, network)) if asked else set(_by_rule(facts, network))
    kept = []
    for one in sorted(found - {network}):
        seen = {*_servers_seen(facts, [one])}
        servers = (facts.topology.get(FlexibleServer, server) for server in sorted(seen))
        if not _is_directory(facts, (server for server in servers if server is not None)):
            kept.append(one)
    return tuple(kept)


def _owners(facts: Facts, servers: Iterable[str], network: ArmId) -> Iterator[ArmId]:
    """The networks of DNS servers; a firewall's proxy counts by the servers it asks, too."""
    for address in servers:
        owner = owner_of(facts, address, network)
        if owner.network is not None and owner.kind is not OwnerKind.AZURE:
            yield owner.network
        if owner.kind is OwnerKind.FIREWALL and owner.network is not None:
            behind = [one for one in proxy_of(facts, owner.resource).servers if one != AZURE_DNS]
            for second in behind:
                further = owner_of(facts, second, owner.network)
                if further.network is not None:
                    yield further.network


def _by_rule(facts: Facts, network: ArmId) -> Iterator[ArmId]:
    for rule in rulesets_of(facts, network).rules:
        if rule.is_enabled and is_postgres_domain(rule.domain.lower().rstrip(".")):
            yield from _owners(facts, rule.targets, network)


def _by_resolver(facts: Facts) -> dict[ArmId, list[ArmId]]:
    found: dict[ArmId, list[ArmId]] = {}
    for network in facts.topology.all(VirtualNetwork):
        for resolver in _resolvers_of(facts, network.id):
            found.setdefault(resolver, []).append(network.id)
    return found
