"""What stands in a network besides servers: firewalls, gateways, resolvers, endpoints."""

from collections.abc import Iterator

from pgtopo.model.base import Resource
from pgtopo.model.dns import InboundEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import format_address
from pgtopo.model.routing import VirtualHub
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.map.card import Row
from pgtopo.views.map.holdings import holdings
from pgtopo.views.signs import Sign, count
from pgtopo.views.sort_keys import by_name

_ENDPOINTS = 4
"""Private endpoints named one by one."""


def equipment(desk: Desk, network: ArmId) -> list[Row]:
    """One line per thing; many private endpoints as a number."""
    wan = desk.topology.get(VirtualHub, network)
    if wan is not None:
        return _wan(desk, wan)
    return [*_between(desk, network), *_endpoints(desk, network)]


def _between(desk: Desk, network: ArmId) -> Iterator[Row]:
    """What packets or questions pass in a network."""
    held = holdings(desk.facts).of(network)
    for firewall in sorted(held.firewalls, key=by_name):
        shown = ", ".join(map(format_address, firewall.addresses))
        yield _row(desk, "firewall", firewall, shown)
    for gateway in sorted(held.gateways, key=by_name):
        yield _row(desk, "gateway", gateway, printable(gateway.gateway_type))
    if held.route_server is not None:
        yield _named(desk, "route server", held.route_server)
    for resolver in sorted(held.resolvers, key=by_name):
        yield _row(desk, "resolver", resolver, _asked_at(desk, resolver.id))
    if held.appliances and not held.firewalls:
        first = min(held.appliances, key=by_name)
        more = f"and {len(held.appliances) - 1} more" if len(held.appliances) > 1 else ""
        yield _row(desk, "forwards", first, more)


def _asked_at(desk: Desk, resolver: ArmId) -> str:
    found = desk.topology.index("map inbound", InboundEndpoint, lambda e: (e.resolver,))
    addresses = [text for one in found.get(resolver, ()) for text in one.addresses]
    return printable(", ".join(sorted(addresses)))


def _endpoints(desk: Desk, network: ArmId) -> list[Row]:
    ends = sorted(holdings(desk.facts).of(network).endpoints, key=by_name)
    if len(ends) > _ENDPOINTS:
        worst = min((desk.problems.sign(one.id) for one in ends), default=Sign.NONE)
        text = count(len(ends), "private endpoint")
        return [(_mark(worst), Piece(text))]
    rows = []
    for one in ends:
        targets = [name_in(desk.topology, c.target) for c in one.connections if c.target]
        states = [c.status for c in one.connections if c.status.lower() not in ("", "approved")]
        to = f"→ {', '.join(targets)}" if targets else ""
        rows.append(_row(desk, "endpoint", one, "  ".join((to, *map(printable, states))).strip()))
    return rows


def _wan(desk: Desk, hub: VirtualHub) -> list[Row]:
    rows: list[Row] = []
    if hub.prefix:
        rows.append((Piece(f"Virtual WAN hub  {printable(hub.prefix)}", Tone.DIM),))
    for firewall in desk.topology.all(AzureFirewall):
        if firewall.hub == hub.id or firewall.id == hub.firewall:
            shown = ", ".join(map(format_address, firewall.addresses))
            rows.append(_row(desk, "firewall", firewall, shown))
    for word, arm_id in (
        ("VPN gateway", hub.vpn_gateway),
        ("ExpressRoute gateway", hub.express_route_gateway),
    ):
        if arm_id is not None:
            rows.append(_named(desk, word, arm_id))
    return rows


def _row(desk: Desk, word: str, thing: Resource, note: str) -> Row:
    name = printable(thing.name or name_of(thing.id))
    tail = (Piece(f"  {note}", Tone.DIM),) if note else ()
    return (_mark(desk.problems.sign(thing.id)), Piece(f"{word} ", Tone.DIM), Piece(name), *tail)


def _named(desk: Desk, word: str, arm_id: ArmId) -> Row:
    name = name_in(desk.topology, arm_id)
    return (_mark(desk.problems.sign(arm_id)), Piece(f"{word} ", Tone.DIM), Piece(name))


def _mark(sign: Sign) -> Piece:
    """The sign of a fault or an open question; a dot for everything else."""
    return Piece(f"{sign.shown()} " if sign <= Sign.UNKNOWN else "◆ ", sign.tone)
