"""What a map cannot know, because it was not read."""

from pgtopo.analysis.facts import Facts
from pgtopo.model.avnm import EffectiveConnectivity
from pgtopo.model.base import Resource
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import subscription_of
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.routing import (
    GatewayConnection,
    HubConnection,
    VirtualHub,
    VirtualNetworkGateway,
)
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import plural_of
from pgtopo.views.map.links import are_peerings_read
from pgtopo.views.signs import count

_KINDS: tuple[tuple[type[Resource], type[Resource] | None], ...] = (
    (FlexibleServer, None),
    (AzureFirewall, VirtualNetwork),
    (VirtualNetworkGateway, VirtualNetwork),
    (GatewayConnection, VirtualNetworkGateway),
    (HubConnection, VirtualHub),
    (EffectiveConnectivity, VirtualNetwork),
)
"""Kinds that are drawn, each with the kind whose subscriptions it is looked for in."""


def gaps(facts: Facts) -> tuple[str, ...]:
    """One sentence per thing that was not read; nothing where all was."""
    return facts.once("map gaps", 0, lambda: _gaps(facts.topology))


def _gaps(topology: Topology) -> tuple[str, ...]:
    found: list[str] = []
    networks = topology.all(VirtualNetwork)
    if not networks:
        if not topology.coverage.is_read_everywhere(VirtualNetwork.KIND):
            found.append("Networks were not read: what is here of them is unknown.")
        return tuple(found)
    unread = [one for one in networks if not are_peerings_read(topology, one.id)]
    if unread:
        who = "every network" if len(unread) == len(networks) else count(len(unread), "network")
        found.append(f"Peerings of {who} were not readable: their edges are unknown.")
    missing = [text for kind, near in _KINDS if (text := _missing(topology, kind, near))]
    if missing:
        found.append(f"Not read: {', '.join(missing)}; what they would draw is unknown.")
    return tuple(found)


def _missing(topology: Topology, kind: type[Resource], near: type[Resource] | None) -> str:
    """A kind with where it was not read; empty where it was read wherever it could be."""
    many = plural_of(kind.KIND)
    if near is None:
        is_seen = bool(topology.all(kind)) or topology.coverage.is_read_everywhere(kind.KIND)
        return "" if is_seen else many
    places = {subscription_of(one.id): one.id for one in topology.all(near)}
    unread = [at for at in places.values() if not topology.coverage.is_read(kind.KIND, at)]
    if not unread:
        return ""
    if len(unread) == len(places):
        return many
    return f"{many} in {len(unread)} of {len(places)} subscriptions"
