"""What lies behind the gateways of a network: offices, circuits, other networks."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId
from pgtopo.model.routing import ExpressRouteCircuit, GatewayConnection, LocalNetworkGateway
from pgtopo.views.labels import name_in
from pgtopo.views.literal import printable
from pgtopo.views.map.holdings import holdings
from pgtopo.views.map.link_state import LinkState


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One place behind a gateway."""

    id: ArmId
    name: str
    word: str
    prefixes: tuple[str, ...] = ()
    state: LinkState = LinkState.UNKNOWN
    text: str = ""
    connection: ArmId


_STATES = {
    "connected": LinkState.CONNECTED,
    "connecting": LinkState.HALF,
    "notconnected": LinkState.DISCONNECTED,
}


def sites_of(facts: Facts, network: ArmId) -> tuple[Site, ...]:
    """The places behind the gateways of a network, as its connections say.

    Unknown when: a connection has no stated status.
    """
    gateways = {one.id for one in holdings(facts).of(network).gateways}
    if not gateways:
        return ()
    return tuple(
        _site(facts, one, gateways)
        for one in facts.topology.all(GatewayConnection)
        if one.gateway in gateways or one.peer_gateway in gateways
    )


def _site(facts: Facts, one: GatewayConnection, mine: set[ArmId]) -> Site:
    topology = facts.topology
    far = one.local_gateway or one.circuit
    if far is None:
        far = one.peer_gateway if one.gateway in mine else one.gateway
    local = topology.get(LocalNetworkGateway, far)
    circuit = topology.get(ExpressRouteCircuit, far)
    word = "on premises" if local else "ExpressRoute" if circuit else "behind gateway"
    return Site(
        id=far or one.id,
        name=name_in(topology, far) or printable(one.name),
        word=word,
        prefixes=tuple(map(printable, local.prefixes)) if local else (),
        state=_STATES.get(one.status.lower(), LinkState.UNKNOWN),
        text="" if one.status.lower() in ("", "connected") else printable(one.status),
        connection=one.id,
    )
