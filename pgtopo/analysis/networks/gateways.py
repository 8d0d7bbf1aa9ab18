"""What lies behind virtual network gateways, as far as Azure's own rows say."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import Usable, network_id, peering_state
from pgtopo.model.ids import ArmId, subscription_of
from pgtopo.model.net import Span, SpanSet, parse_prefix
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.model.routing import (
    GatewayConnection,
    HubIpConfiguration,
    LocalNetworkGateway,
    VirtualHub,
    VirtualNetworkGateway,
)


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One prefix that a gateway leads to."""

    span: Span
    source: ArmId
    """Local network gateway, gateway (point-to-site pool) or network that states it."""
    gateway: ArmId
    network: ArmId | None = None
    """The virtual network at the other end of a network-to-network connection."""


class GatewayReach(msgspec.Struct, frozen=True, kw_only=True):
    """What the gateways of one network lead to."""

    home: ArmId
    """The network that holds the gateways."""
    gateways: tuple[ArmId, ...] = ()
    sites: tuple[Site, ...] = ()
    learns_bgp: bool = False
    """Some gateway learns routes that Azure's rows do not hold."""
    has_vpn: bool = False
    has_express_route: bool = False
    is_guessed: bool = False
    """Connections were not read; which sites belong here is assumed."""

    @property
    def space(self) -> SpanSet:
        """Every prefix as one set."""
        return SpanSet(site.span for site in self.sites)


def own_gateways(facts: Facts, network: ArmId) -> GatewayReach | None:
    """What the gateways inside a network lead to; None where it has none."""
    return facts.once("own gateways", network, lambda: _own_gateways(facts, network))


def _by_network(facts: Facts) -> dict[ArmId, list[VirtualNetworkGateway]]:
    found: dict[ArmId, list[VirtualNetworkGateway]] = {}
    for gateway in facts.topology.all(VirtualNetworkGateway):
        for home in sorted({h for s in gateway.subnets if (h := network_id(facts, s))}):
            found.setdefault(home, []).append(gateway)
    return found


def _own_gateways(facts: Facts, network: ArmId) -> GatewayReach | None:
    held = facts.once("gateways by network", 0, lambda: _by_network(facts)).get(network)
    if not held:
        return None
    sites: list[Site] = []
    guessed = False
    for gateway in held:
        found, is_guess = _sites(facts, gateway)
        sites += found
        guessed = guessed or is_guess
    kinds = {g.gateway_type.lower() for g in held}
    return GatewayReach(
        home=network,
        gateways=tuple(g.id for g in held),
        sites=tuple(sites),
        learns_bgp="expressroute" in kinds or any(g.has_bgp for g in held),
        has_vpn=bool(kinds - {"expressroute"}),
        has_express_route="expressroute" in kinds,
        is_guessed=guessed,
    )


def _sites(facts: Facts, gateway: VirtualNetworkGateway) -> tuple[list[Site], bool]:
    sites = [_site(s, gateway.id, gateway.id) for s in _spans(gateway.client_prefixes)]
    if gateway.gateway_type.lower() == "expressroute":
        return sites, False
    connections = [
        c
        for c in facts.topology.all(GatewayConnection)
        if gateway.id in (c.gateway, c.peer_gateway)
    ]
    for connection in connections:
        sites += _behind(facts, gateway, connection)
    is_read = facts.topology.coverage.is_read(GatewayConnection.KIND, gateway.id)
    if connections or is_read:
        return sites, False
    guesses = [
        _site(span, local.id, gateway.id)
        for local in facts.topology.all(LocalNetworkGateway)
        if local.location == gateway.location
        and subscription_of(local.id) == subscription_of(gateway.id)
        for span in _spans(local.prefixes)
    ]
    return sites + guesses, bool(guesses)


def _behind(
    facts: Facts, gateway: VirtualNetworkGateway, connection: GatewayConnection
) -> list[Site]:
    local = facts.topology.get(LocalNetworkGateway, connection.local_gateway)
    if local is not None:
        return [_site(span, local.id, gateway.id) for span in _spans(local.prefixes)]
    far = connection.peer_gateway if connection.gateway == gateway.id else connection.gateway
    other = facts.topology.get(VirtualNetworkGateway, far)
    homes = {h for s in (other.subnets if other else ()) if (h := network_id(facts, s))}
    sites: list[Site] = []
    for home in sorted(homes):
        network = facts.topology.get(VirtualNetwork, home)
        sites += [
            Site(span=span, source=home, gateway=gateway.id, network=home)
            for span in _spans(network.prefixes if network else ())
        ]
    return sites


def _site(span: Span, source: ArmId, gateway: ArmId) -> Site:
    return Site(span=span, source=source, gateway=gateway)


def _spans(texts: tuple[str, ...]) -> list[Span]:
    return [s for s in map(parse_prefix, texts) if s is not None]


def transit_peering(facts: Facts, network: ArmId) -> Peering | None:
    """The peering through which a network uses another network's gateways, if it works.

    Azure rule: gateway transit needs allowGatewayTransit on the gateway's side and
    useRemoteGateways on the other ("Configure VPN gateway transit for virtual network peering").
    """
    for peering in facts.topology.peerings_of(network):
        if not peering.uses_remote_gateways:
            continue
        if peering_state(facts, peering).usable is not Usable.YES:
            continue
        other = facts.topology.reverse_of(peering)
        if other is None or other.allows_gateway_transit:
            return peering
    return None


def effective_gateways(facts: Facts, network: ArmId) -> tuple[GatewayReach, ...]:
    """The gateways whose routes reach a network's subnets: its own and the remote ones in use."""
    return facts.once("effective gateways", network, lambda: _effective(facts, network))


def _effective(facts: Facts, network: ArmId) -> tuple[GatewayReach, ...]:
    own = own_gateways(facts, network)
    found = [own] if own else []
    peering = transit_peering(facts, network)
    if peering is not None and peering.remote is not None:
        remote = own_gateways(facts, peering.remote)
        if remote:
            found.append(remote)
    return tuple(found)


def route_servers(facts: Facts) -> dict[ArmId, ArmId]:
    """Networks that hold a Route Server, with the server's id."""
    return facts.once("route servers", 0, lambda: _route_servers(facts))


def _route_servers(facts: Facts) -> dict[ArmId, ArmId]:
    found: dict[ArmId, ArmId] = {}
    for placed in facts.topology.all(HubIpConfiguration):
        home = network_id(facts, placed.subnet)
        hub = facts.topology.get(VirtualHub, placed.hub)
        if home is not None and (hub is None or hub.is_route_server):
            found.setdefault(home, placed.hub)
    return found


def route_server_for(facts: Facts, network: ArmId) -> ArmId | None:
    """The Route Server that injects routes into a network, or None.

    Azure rule: its routes reach its own network and peers that use its network's gateways or
    Route Server ("About Azure Route Server", Microsoft Learn).
    """
    servers = route_servers(facts)
    if network in servers:
        return servers[network]
    peering = transit_peering(facts, network) if servers else None
    return servers.get(peering.remote) if peering and peering.remote else None
