"""The way of a client in a subnet to a public server."""

from __future__ import annotations

from tests.oracle.filters import End, passes, refuses_everyone
from tests.oracle.firewalls import judges, public_addresses
from tests.oracle.journey import Journey, box_end, crossing, dead_end, find_box
from tests.oracle.nsgs import Packet
from tests.oracle.routes import Route, choose, system, table_of, user
from tests.oracle.rows import (
    NATS,
    NICS,
    PUBLIC_IPS,
    Estate,
    has,
    nets,
    number,
    parent,
    ref,
)
from tests.oracle.servers import Server, admits
from tests.oracle.tags import ANY, PRIVATE, PUBLIC
from tests.oracle.wayback import _from_firewall
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN

Steps = list[tuple[str, str]]


def public_path(estate: Estate, client: End, source: int, server: Server, port: int) -> Steps:
    """All steps to the public door of a server."""
    packet = Packet(source, PUBLIC, port)
    steps = [("client_filter", passes(estate, client, "Out", packet))]
    if not server.is_public_open:
        return [*steps, ("server_access", BLOCKED)]
    ways = [_out(estate, client, packet, server, route) for route in _routes(estate, client.subnet)]
    if len(ways) == 1:
        return steps + ways[0]
    # Which of the routes takes the packets is not known, and this is not asked any further.
    nobody = admits(estate, server.id, None, is_azure=True) == BLOCKED
    return [*steps, ("forward_route", UNKNOWN), ("server_access", BLOCKED if nobody else UNKNOWN)]


def _routes(estate: Estate, subnet: str) -> list[Route | None]:
    """The routes that may take packets to an address that is public, and no more is known."""
    found: list[Route | None] = [_default_route(estate, subnet)]
    for one in user(estate, subnet):
        is_inside = any(one.prefix.subnet_of(net) for net in PRIVATE)
        is_other = (one.hop, one.hop_ip) not in [(r.hop, r.hop_ip) for r in found if r]
        if one.prefix != ANY and not is_inside and is_other:
            found.append(one)
    return found


def _default_route(estate: Estate, subnet: str) -> Route | None:
    if table_of(estate, subnet) is None:
        return None
    written = [one for one in user(estate, subnet) + system(estate, subnet) if one.prefix == ANY]
    return choose(written, 1)[0]


def _out(estate: Estate, client: End, packet: Packet, server: Server, route: Route | None) -> Steps:
    nobody = admits(estate, server.id, None, is_azure=True)
    no_one_at_all = nobody if nobody == BLOCKED else UNKNOWN
    if route is None or route.hop == "other":
        return [("forward_route", UNKNOWN), ("server_access", no_one_at_all)]
    if route.hop == "none":
        return [("forward_route", BLOCKED)]
    if route.hop == "internet":
        return _straight(estate, client, packet, server)
    if route.hop == "gateway":
        word = dead_end(estate, parent(client.subnet), route)
        return [("forward_route", word), ("server_access", no_one_at_all)]
    if route.hop == "appliance":
        return _by_box(estate, client, packet, server, route)
    return [("forward_route", UNKNOWN)]


def _straight(estate: Estate, client: End, packet: Packet, server: Server) -> Steps:
    body = estate.of(client.subnet)
    nat = ref(body.get("natGateway"))
    if nat:
        known = addresses_of_nat(estate, nat)
        return [("server_access", admits(estate, server.id, known, is_azure=True))]
    if not estate.read(NICS) and body.get("defaultOutboundAccess") is not False:
        return [("server_access", admits(estate, server.id, None, is_azure=True))]
    own = _instance(estate, client.subnet, packet.source)
    if own:
        address = number(estate.of(own).get("ipAddress"))
        known = None if address is None else [address]
        return [("server_access", admits(estate, server.id, known, is_azure=True))]
    if body.get("defaultOutboundAccess") is False:
        return [("forward_route", BLOCKED)]
    return [("server_access", admits(estate, server.id, None, is_azure=True))]


def addresses_of_nat(estate: Estate, nat: str) -> list[int] | None:
    """The public addresses of a NAT gateway; None where one is not visible."""
    if nat not in estate.things or not estate.read(NATS, PUBLIC_IPS):
        return None
    found = []
    for one in estate.of(nat).get("publicIpAddresses") or []:
        address = number(estate.of(ref(one)).get("ipAddress"))
        if address is None:
            return None
        found.append(address)
    return found or None


def _instance(estate: Estate, subnet: str, address: int) -> str:
    """The public address object of the interface that has this address, or nothing."""
    nic = estate.nic_at(parent(subnet), address)
    for body in estate.configurations(nic):
        if number(body.get("privateIPAddress")) == address:
            return ref(body.get("publicIPAddress"))
    return ""


def _by_box(estate: Estate, client: End, packet: Packet, server: Server, route: Route) -> Steps:
    box = find_box(estate, parent(client.subnet), route)
    nobody = admits(estate, server.id, None, is_azure=True) == BLOCKED
    closed = BLOCKED if nobody else UNKNOWN
    if isinstance(box, str):
        return [("forward_route", box), ("server_access", closed)]
    end = box_end(box)
    steps: Steps = []
    if parent(box.subnet) != parent(client.subnet):
        steps.append(("peering", crossing(estate, client, end, packet)))
    if box.kind == "firewall":
        return steps + _by_firewall(estate, client, packet, server, box.id, box.subnet)
    if box.kind == "nic" and not estate.of(box.id).get("enableIPForwarding"):
        return [*steps, ("transit", BLOCKED)]
    steps.append(("transit", _inbound(estate, end, packet)))
    onward = _default_route(estate, box.subnet)
    if onward is not None and onward.hop == "none":
        steps.append(("forward_route", BLOCKED))
    return [*steps, ("server_access", closed)]


def _inbound(estate: Estate, end: End, packet: Packet) -> str:
    return BLOCKED if passes(estate, end, "In", packet) == BLOCKED else UNKNOWN


def _by_firewall(
    estate: Estate, client: End, packet: Packet, server: Server, firewall: str, subnet: str
) -> Steps:
    steps: Steps = [("transit", judges(estate, firewall, packet))]
    onward = _default_route(estate, subnet)
    if onward is None or onward.hop in ("appliance", "gateway", "other"):
        steps.append(("forward_route", UNKNOWN))
    elif onward.hop == "none":
        steps.append(("forward_route", BLOCKED))
    known = public_addresses(estate, firewall) if estate.read(PUBLIC_IPS) else None
    journey = Journey(packet, snat=True)
    end = End(subnet, is_service=True)
    steps.append(("return_route", _from_firewall(estate, end, client, packet.source, journey)))
    steps.append(("server_access", admits(estate, server.id, known or None, is_azure=True)))
    return steps


__all__ = ["ALLOWED", "has", "nets", "public_path", "refuses_everyone"]
