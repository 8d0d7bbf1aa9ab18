"""The way of the answer, and whether it meets the same device again."""

from __future__ import annotations

from tests.oracle.filters import End
from tests.oracle.firewalls import Box, own_address
from tests.oracle.journey import Journey, dead_end, find_box, one_route
from tests.oracle.routes import Route, lists_admit
from tests.oracle.rows import Estate, parent
from tests.oracle.tags import gateway_networks
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN


def answer(estate: Estate, client: End, source: int, server: End, journey: Journey) -> str:
    """Whether the answer finds back to the client past the same stateful device."""
    if journey.end == "outside":
        return _from_outside(estate, client, source, server)
    if journey.end != "there":
        return UNKNOWN
    if server.is_endpoint and journey.firewall and not journey.snat:
        return UNKNOWN
    if journey.firewall is None:
        return _direct(estate, client, source, server)
    return _by_firewall(estate, client, source, server, journey)


def _direct(estate: Estate, client: End, source: int, server: End) -> str:
    route = one_route(estate, server, source, parent(client.subnet))
    if route is None:
        return UNKNOWN
    if route.hop == "appliance":
        box = find_box(estate, parent(server.subnet), route)
        if isinstance(box, str):
            return box
        if box.kind == "firewall" or _drops(estate, box):
            return BLOCKED
        beyond = _from_box(estate, End(box.subnet), server, client, source)
        is_listed = _is_listed(estate, server.subnet, box.subnet)
        return BLOCKED if beyond == BLOCKED or not is_listed else UNKNOWN
    return _arrives(estate, server, client, source, route)


def _from_box(estate: Estate, at: End, server: End, client: End, source: int) -> str:
    """The answer from a device on: lost without a route, or refused as forwarded traffic."""
    route = one_route(estate, at, source, parent(client.subnet))
    if route is None or route.hop == "appliance":
        return UNKNOWN
    word = _arrives(estate, at, client, source, route)
    here, there = parent(at.subnet), parent(client.subnet)
    half = estate.half(there, here) or {}
    is_foreign = parent(server.subnet) != here
    if route.hop == "peer" and is_foreign and not half.get("allowForwardedTraffic"):
        return BLOCKED
    return word


def _from_outside(estate: Estate, client: End, source: int, server: End) -> str:
    """Behind a gateway packets keep their source: without a route back they are lost."""
    route = one_route(estate, server, source, parent(client.subnet))
    if route is None:
        return UNKNOWN
    if route.hop == "appliance":
        box = find_box(estate, parent(server.subnet), route)
        if isinstance(box, str):
            return box
        beyond = _from_box(estate, End(box.subnet), server, client, source)
        is_shut = _drops(estate, box) or not _is_listed(estate, server.subnet, box.subnet)
        return BLOCKED if is_shut or beyond == BLOCKED else UNKNOWN
    return BLOCKED if _arrives(estate, server, client, source, route) == BLOCKED else UNKNOWN


def _is_listed(estate: Estate, a: str, b: str) -> bool:
    return parent(a) == parent(b) or lists_admit(estate, a, b)


def _drops(estate: Estate, box: Box) -> bool:
    return box.kind == "nic" and not estate.of(box.id).get("enableIPForwarding")


def _arrives(estate: Estate, at: End, to: End, address: int, route: Route) -> str:
    """Whether a route that passes no device leads to the network of the addressee."""
    here = parent(at.subnet)
    if to.is_gateway and route.hop == "gateway":
        return ALLOWED if parent(to.subnet) in gateway_networks(estate, here) else UNKNOWN
    if route.hop not in ("local", "peer", "endpoint", "group"):
        return dead_end(estate, here, route)
    if route.hop == "local" and not estate.owns(here, address):
        return UNKNOWN
    if (route.peer or here) != parent(to.subnet):
        return BLOCKED
    if route.peer and route.hop != "group" and not lists_admit(estate, at.subnet, to.subnet):
        return BLOCKED
    return ALLOWED


def _by_firewall(estate: Estate, client: End, source: int, server: End, journey: Journey) -> str:
    """With translation the answer is sent to the firewall, without it must be steered there."""
    firewall = journey.firewall
    assert firewall is not None
    end = End(firewall.subnet, is_service=True)
    if journey.snat:
        target = own_address(estate, firewall.id)
        first = one_route(estate, server, target, parent(firewall.subnet))
        word = UNKNOWN if first is None else _to_own_address(estate, server, end, target, first)
    else:
        first = one_route(estate, server, source, parent(client.subnet))
        word = _steered_to(estate, server, first, firewall)
    if journey.snat is None and word != ALLOWED:
        return UNKNOWN
    if word == BLOCKED:
        return BLOCKED
    second = _from_firewall(estate, end, client, source, journey)
    return BLOCKED if BLOCKED in (word, second) else UNKNOWN if UNKNOWN in (word, second) else word


def _to_own_address(estate: Estate, server: End, end: End, target: int, route: Route) -> str:
    if route.hop != "appliance":
        return _arrives(estate, server, end, target, route)
    box = find_box(estate, parent(server.subnet), route)
    if isinstance(box, str):
        return box
    if box.subnet == end.subnet and box.kind == "firewall":
        return ALLOWED
    return BLOCKED if box.kind == "firewall" or _drops(estate, box) else UNKNOWN


def _steered_to(estate: Estate, server: End, route: Route | None, firewall: Box) -> str:
    if route is None:
        return UNKNOWN
    if route.hop != "appliance":
        return BLOCKED if route.hop != "other" else UNKNOWN
    box = find_box(estate, parent(server.subnet), route)
    if isinstance(box, str):
        return box
    if box != firewall:
        return BLOCKED
    return ALLOWED if _is_listed(estate, server.subnet, box.subnet) else BLOCKED


def _from_firewall(estate: Estate, end: End, client: End, source: int, journey: Journey) -> str:
    route = one_route(estate, end, source, parent(client.subnet))
    if route is None:
        return UNKNOWN
    if route.hop == "appliance":
        box = find_box(estate, parent(end.subnet), route)
        return box if isinstance(box, str) else UNKNOWN
    word = _arrives(estate, end, client, source, route)
    here, there = parent(end.subnet), parent(client.subnet)
    half = estate.half(there, here) or {}
    if word == ALLOWED and here != there and route.hop == "peer":
        is_foreign = not estate.owns(here, journey.packet.target)
        if is_foreign and not half.get("allowForwardedTraffic"):
            return BLOCKED
    return word
