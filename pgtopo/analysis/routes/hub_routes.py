"""Routes that a Virtual WAN hub gives to the networks connected to it."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.hubs import Attachment, hub_neighbours
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop, Source
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.model.net import Span, parse_prefix
from pgtopo.model.network import VirtualNetwork


def hub_routes(facts: Facts, network: ArmId) -> list[EffectiveRoute]:
    """The routes towards networks on the same hub, or on hubs of the same WAN."""
    return [
        route
        for mine, other in hub_neighbours(facts, network)
        for route in _routes(facts, mine, other)
    ]


def _routes(facts: Facts, mine: Attachment, other: Attachment) -> list[EffectiveRoute]:
    network = facts.topology.get(VirtualNetwork, other.network)
    spans: list[Span] = [
        s for s in map(parse_prefix, network.prefixes if network else ()) if s is not None
    ]
    is_plain = mine.is_plain and other.is_plain
    seen = Evidence(mine.connection, "properties.routingConfiguration", value=None)
    return [
        EffectiveRoute(
            span=span,
            hop=Hop.VIRTUAL_HUB if is_plain else Hop.UNKNOWN,
            source=Source.BGP,
            evidence=seen,
            networks=(other.network,),
            doubt="" if is_plain else "BGP_ROUTES_UNSEEN",
        )
        for span in spans
    ]
