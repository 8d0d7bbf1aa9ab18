"""A packet on its way through networks, hop by hop."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.oracle.filters import (
    End,
    no_exception_for_anyone,
    passes,
    passes_by_exception,
    refuses_everyone,
)
from tests.oracle.firewalls import Box, box_at, boxes_are_read, judges, own_address, translates
from tests.oracle.nsgs import Packet, replaced
from tests.oracle.routes import Route, lists_admit, route_to
from tests.oracle.rows import (
    CONNECTIONS,
    GATEWAYS,
    MEMBERS,
    MESHES,
    Estate,
    has,
    low,
    nets,
    parent,
)
from tests.oracle.tags import gateway_networks
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN, both


@dataclass
class Journey:
    """What was met on the way, and how it ended."""

    packet: Packet
    steps: list[tuple[str, str]] = field(default_factory=list)
    end: str = ""
    """`there`, `lost` (blocked), `outside` (behind a gateway), or `open` (nobody can know)."""
    firewall: Box | None = None
    appliance: Box | None = None
    snat: bool | None = False

    def add(self, stage: str, word: str) -> None:
        """Note a step."""
        self.steps.append((stage, word))

    def stop(self, stage: str, word: str) -> Journey:
        """Note the step at which the journey ends."""
        self.add(stage, word)
        self.end = "lost" if word == BLOCKED else "open"
        return self


def travel(estate: Estate, start: End, packet: Packet, goal: End) -> Journey:
    """The way of the opening packet from its sender's subnet to the goal's."""
    return _hop(estate, start, goal, Journey(packet))


def is_certain(estate: Estate, at: str, there: str, route: Route, address: int) -> bool:
    """Whether no connected group that was not read could have a better route to a network."""
    here = parent(at)
    if estate.read(MESHES, MEMBERS) or here == there or route.hop in ("peer", "endpoint", "local"):
        return True
    around = [net.prefixlen for net in estate.space(there) if has(net, address)]
    if not around:
        return True
    return route.origin == "user" and route.prefix.prefixlen >= max(around, default=33)


def one_route(estate: Estate, at: End, address: int, there: str) -> Route | None:
    """The route for an address in a network, or None where it cannot be known."""
    routes = route_to(estate, at.subnet, address, follows_table=not at.is_endpoint)
    if not routes or len({(one.hop, one.peer, one.hop_ip) for one in routes}) > 1:
        return None
    return routes[0] if is_certain(estate, at.subnet, there, routes[0], address) else None


def _is_dead_or_joined(estate: Estate, at: End, address: int) -> bool:
    """Whether packets are dropped unless an unread connected group takes them straight there."""
    routes = route_to(estate, at.subnet, address, follows_table=not at.is_endpoint)
    return len(routes) == 1 and routes[0].hop in ("none", "internet")


def _hop(estate: Estate, at: End, goal: End, journey: Journey, depth: int = 0) -> Journey:
    route = one_route(estate, at, journey.packet.target, parent(goal.subnet))
    if route is None or depth > 3:
        journey.stop("forward_route", UNKNOWN)
        if _is_dead_or_joined(estate, at, journey.packet.target):
            journey.end = "outside"
        return journey
    if route.hop == "appliance":
        return _to_box(estate, at, goal, route, journey, depth)
    if route.hop in ("local", "peer", "endpoint", "group"):
        return _deliver(estate, at, goal, route, journey)
    journey.stop("forward_route", dead_end(estate, parent(at.subnet), route))
    if route.hop == "gateway" and journey.end == "open" and journey.appliance is None:
        journey.end = "outside"
    return journey


def dead_end(estate: Estate, network: str, route: Route) -> str:
    """What becomes of a packet for a private address on a route that leads to no network."""
    if route.hop in ("internet", "none"):
        return BLOCKED
    if route.hop == "gateway":
        if not estate.read(GATEWAYS, CONNECTIONS) or gateway_networks(estate, network):
            return UNKNOWN
        return BLOCKED
    return UNKNOWN


def _deliver(estate: Estate, at: End, goal: End, route: Route, journey: Journey) -> Journey:
    here, there = parent(at.subnet), parent(goal.subnet)
    reached = route.peer or here
    if route.hop == "local" and not estate.owns(here, journey.packet.target):
        journey.stop("forward_route", UNKNOWN)
        journey.end = "outside"
        return journey
    if reached != there:
        return journey.stop("forward_route", BLOCKED)
    journey.add("forward_route", ALLOWED)
    if route.peer and route.hop != "group":
        journey.add("peering", crossing(estate, at, goal, journey.packet))
    journey.end = "there"
    return journey


def crossing(estate: Estate, at: End, to: End, packet: Packet) -> str:
    """Whether the flags and lists of a peering let the opening packet across."""
    if not lists_admit(estate, at.subnet, to.subnet):
        return BLOCKED
    here, there = parent(at.subnet), parent(to.subnet)
    mine, other = estate.half(here, there) or {}, estate.half(there, here) or {}
    words = [ALLOWED]
    if at.is_gateway and not (mine.get("allowGatewayTransit") and other.get("useRemoteGateways")):
        words.append(BLOCKED)
    if mine.get("allowVirtualNetworkAccess") is False:
        words.append(passes_by_exception(estate, at, "Out", packet))
    is_foreign = not at.is_gateway and not estate.owns(here, packet.source)
    if other.get("allowVirtualNetworkAccess") is False or (
        is_foreign and not other.get("allowForwardedTraffic")
    ):
        words.append(passes_by_exception(estate, to, "In", packet))
    return both(words)


def hop_network(estate: Estate, network: str, address: int) -> str:
    """The own or peered network in which a next hop address lies, or nothing."""
    if estate.owns(network, address):
        return network
    for peer in estate.peers(network):
        half = estate.half(network, peer) or {}
        listed = (half.get("remoteAddressSpace") or {}).get("addressPrefixes") or []
        if any(has(net, address) for net in nets(listed)):
            return peer
    return ""


def find_box(estate: Estate, network: str, route: Route) -> Box | str:
    """What a next hop address leads to, or the word for what stands in its place."""
    if route.hop_ip is None:
        return UNKNOWN
    home = hop_network(estate, network, route.hop_ip)
    if not home:
        return BLOCKED
    box = box_at(estate, home, route.hop_ip)
    if box is None:
        return BLOCKED if boxes_are_read(estate) else UNKNOWN
    return box


def box_end(box: Box) -> End:
    """The end that a device forms for filters."""
    if box.kind == "nic":
        return End(box.subnet, nic=box.id)
    return End(box.subnet, is_service=True)


def _to_box(
    estate: Estate, at: End, goal: End, route: Route, journey: Journey, depth: int
) -> Journey:
    box = find_box(estate, parent(at.subnet), route)
    if isinstance(box, str):
        return journey.stop("forward_route", box)
    journey.add("forward_route", ALLOWED)
    end = box_end(box)
    if parent(box.subnet) != parent(at.subnet):
        journey.add("peering", crossing(estate, at, end, journey.packet))
    if box.kind == "firewall":
        return _through_firewall(estate, box, goal, journey, depth)
    return _through_appliance(estate, box, goal, journey, depth)


def _through_firewall(estate: Estate, box: Box, goal: End, journey: Journey, depth: int) -> Journey:
    if journey.firewall is not None or journey.appliance is not None:
        return journey.stop("transit", UNKNOWN)
    journey.firewall = box
    journey.add("transit", judges(estate, box.id, journey.packet))
    journey.snat = translates(estate, box.id, journey.packet.target)
    if journey.snat:
        journey.packet = replaced(journey.packet, source=own_address(estate, box.id))
    return _hop(estate, box_end(box), goal, journey, depth + 1)


def _through_appliance(
    estate: Estate, box: Box, goal: End, journey: Journey, depth: int
) -> Journey:
    """A generic appliance: blocked only where no translation of the source could help."""
    if box.kind == "nic" and not estate.of(box.id).get("enableIPForwarding"):
        return journey.stop("transit", BLOCKED)
    if passes(estate, box_end(box), "In", journey.packet) == BLOCKED:
        return journey.stop("transit", BLOCKED)
    journey.appliance = box
    beyond = _hop(estate, box_end(box), goal, Journey(journey.packet), depth + 1)
    if beyond.end == "lost" and not _is_about_source(beyond):
        return journey.stop("forward_route", BLOCKED)
    if beyond.end == "there" and refuses_everyone(estate, goal, journey.packet):
        return journey.stop("server_filter", BLOCKED)
    if not lists_admit_all(estate, box.subnet, goal.subnet, beyond):
        return journey.stop("peering", BLOCKED)
    if beyond.end == "there" and _is_shut(estate, box_end(box), goal, journey.packet):
        return journey.stop("peering", BLOCKED)
    return journey.stop("transit", UNKNOWN)


def _is_shut(estate: Estate, at: End, goal: End, packet: Packet) -> bool:
    """Whether a peering from an appliance has network access off, and no rule undoes that."""
    here, there = parent(at.subnet), parent(goal.subnet)
    if here == there:
        return False
    mine, other = estate.half(here, there) or {}, estate.half(there, here) or {}
    for half, end, way in ((mine, at, "Out"), (other, goal, "In")):
        if half.get("allowVirtualNetworkAccess") is False and no_exception_for_anyone(
            estate, end, way, packet
        ):
            return True
    return False


def _is_about_source(beyond: Journey) -> bool:
    """Whether what stopped the packet looked at its source: a firewall behind the appliance."""
    return beyond.steps[-1][0] == "transit" and beyond.firewall is not None


def lists_admit_all(estate: Estate, a: str, b: str, beyond: Journey) -> bool:
    """Whether the lists of a directly crossed peering admit both subnets."""
    if beyond.end != "there" or parent(a) == parent(b):
        return True
    return lists_admit(estate, a, b)


__all__ = ["Journey", "crossing", "low", "travel"]
