"""What might clear one blocked step of a path, by the code of the step."""

from collections.abc import Callable, Iterator

import msgspec

from pgtopo.analysis.clients.parties import Client, ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import PUBLIC_SERVER, tag_target
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.public_path import public_ways
from pgtopo.analysis.verdict import Part, Stage, Step
from pgtopo.checks.base import Fail
from pgtopo.checks.endpoints import addresses_of
from pgtopo.checks.fix import Fix
from pgtopo.checks.path_dns_remedies import open_way
from pgtopo.checks.remedies import endpoints, links, peerings, routes, rules, servers
from pgtopo.checks.route_tables import space_of
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, ancestor, name_of, parent_of
from pgtopo.model.net import SpanSet, format_address, parse_address
from pgtopo.model.network import (
    NetworkInterface,
    Peering,
    Subnet,
    VirtualMachine,
    VirtualNetwork,
)
from pgtopo.model.routing import Route, RouteTable, VirtualNetworkGateway
from pgtopo.model.server import FlexibleServer

_MOST_RULES = 4
"""More public addresses than this are not put into firewall rules one by one."""
_WIDEST = 256
_PLAIN_DEFAULT = ("0.0.0.0/0", "internet")


class Blocked(msgspec.Struct, frozen=True, kw_only=True):
    """One blocked step, and whose way it blocks."""

    path: PathVerdict
    part: Part
    step: Step

    @property
    def decider(self) -> ArmId | None:
        """The object that blocks."""
        return self.step.decided_by.resource if self.step.decided_by else None

    @property
    def server(self) -> FlexibleServer:
        """The server that is asked."""
        return self.path.server

    @property
    def client(self) -> ClientPart | None:
        """The part of the client whose addresses these are."""
        parts = self.path.client.parts
        return next((p for p in parts if p.addresses & self.part.addresses), None)


Recipe = Callable[[Facts, Blocked], tuple[Fix, ...]]


def candidates(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """What might clear the step, least new exposure first; nothing proved yet."""
    recipe = _RECIPES.get(blocked.step.code)
    return recipe(facts, blocked) if recipe is not None else ()


def _blank(cause: ArmId | None = None, related: tuple[ArmId, ...] = ()) -> Fail:
    return Fail(message="", evidence=(), cause=cause, related=related)


# -- names ------------------------------------------------------------------------------------


def _link(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Link the zone to the network whose Azure DNS is asked in the end."""
    zone = ancestor(blocked.decider, "privatednszones") if blocked.decider else None
    if zone is None:
        return ()
    seen = (*blocked.step.evidence, *(one for one in [blocked.step.decided_by] if one))
    named = [ancestor(one.resource, "virtualnetworks") for one in seen]
    own = blocked.client.network if blocked.client else None
    asked = [network for place in (*named, own) if place for network in _dns_homes(facts, place)]
    found: list[Fix] = []
    for network in dict.fromkeys((*asked, *named, own)):
        if network is not None:
            found += links.link_zone(facts, zone, network)
    return tuple(found)


def _dns_homes(facts: Facts, network: ArmId) -> list[ArmId]:
    """The networks that the DNS servers of a network are in."""
    held = facts.topology.get(VirtualNetwork, network)
    values = [parse_address(text) for text in held.dns_servers] if held else []
    return [
        other.id
        for value in values
        if value is not None
        for other in facts.topology.all(VirtualNetwork)
        if value in other.space
    ]


def _correct_record(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    record = facts.topology.get(RecordSet, blocked.decider)
    if record is None:
        return ()
    held = tuple(one.id for one in facts.topology.endpoints_of(blocked.server.id))
    return endpoints.correct_record(facts, record, _blank(related=held))


def _write_record(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Keep the record where the endpoint is at home, else write it into the zone that is asked."""
    held = facts.topology.endpoints_of(blocked.server.id)
    kept = tuple(f for one in held for f in endpoints.keep_record(facts, one, _blank()))
    zone = facts.topology.get(
        PrivateZone, ancestor(blocked.decider, "privatednszones") if blocked.decider else None
    )
    found = (
        f for one in held if zone is not None for f in endpoints.write_record(facts, one, zone)
    )
    return (*kept, *found)


def _unlink(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Take the zone that captures the name out of the network; never the server's own."""
    link = facts.topology.get(ZoneLink, blocked.decider)
    if link is None or link.zone == blocked.server.zone:
        return ()
    return links.unlink(facts, link)


def _reach_dns(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Mend what stands between the client and its DNS servers."""

    def mend(step: Step) -> tuple[Fix, ...]:
        return candidates(facts, msgspec.structs.replace(blocked, step=step))

    return open_way(facts, blocked.client, mend)


# -- filters ----------------------------------------------------------------------------------


def _admit(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """An allow rule for exactly these clients, this server's place and this port."""
    decider = blocked.decider
    nsg = ancestor(decider, "networksecuritygroups") if decider else None
    places = _places(facts, blocked)
    if nsg is None or decider is None or not places:
        return ()
    is_out = blocked.step.stage is Stage.CLIENT_FILTER
    opening = rules.Opening(
        name=f"allow-pg-{blocked.server.name}-{'out' if is_out else 'in'}",
        direction=Direction.OUTBOUND if is_out else Direction.INBOUND,
        sources=tuple(blocked.part.addresses.cidrs()),
        destinations=places,
        port=blocked.path.port,
    )
    return rules.allow(facts, nsg, opening, name_of(decider))


def _places(facts: Facts, blocked: Blocked) -> tuple[str, ...]:
    """Where the server has private addresses: its subnet, or its endpoints."""
    own = rules.ranges(facts, blocked.server.subnet)
    if own:
        return own
    held = facts.topology.endpoints_of(blocked.server.id)
    return tuple(f"{text}/32" for one in held for text in sorted(addresses_of(facts, one)))


# -- ways -------------------------------------------------------------------------------------


def _drop_route(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Take the route away; never a default route to the internet, as Azure's own says the same."""
    wanted = blocked.decider
    table = facts.topology.get(RouteTable, parent_of(wanted)) if wanted else None
    found = [route for route in table.routes if route.id == wanted] if table else []
    found = [one for one in found if (one.prefix, one.hop_type.lower()) != _PLAIN_DEFAULT]
    return tuple(routes.drop_route(facts, table, route) for route in found if table)


def _same_way_back(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Send the other direction to the firewall that one direction passes."""
    client = blocked.client
    near = facts.topology.get(Subnet, client.subnet if client else None)
    far = facts.topology.get(Subnet, blocked.server.subnet)
    if near is None or far is None:
        return ()
    found: list[Fix] = []
    for here, there in ((near, far), (far, near)):
        route = _steering(facts, here, there)
        table = facts.topology.get(RouteTable, there.route_table)
        if route is not None and table is not None:
            name, prefixes = f"to-{here.name}", here.space.cidrs()
            found += [
                routes.add_route(facts, table, name, prefix, "VirtualAppliance", route.hop_ip)
                for prefix in prefixes[:1]
            ]
    return tuple(found)


def _steering(facts: Facts, here: Subnet, there: Subnet) -> Route | None:
    """The route that takes what one subnet sends to another to an appliance."""
    table = facts.topology.get(RouteTable, here.route_table)
    for route in table.routes if table else ():
        if route.hop_ip and there.space <= space_of(route):
            return route
    return None


def _route(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """A way between two networks, or to the gateway that a client outside Azure uses."""
    client = blocked.client
    if client is not None and client.home is Home.ONPREM:
        return tuple(_gateway_ways(facts, blocked.server))
    return _peer(facts, blocked)


def _gateway_ways(facts: Facts, server: FlexibleServer) -> Iterator[Fix]:
    """What lets a server's subnet learn the routes of a gateway in a peered network."""
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        return
    table = facts.topology.get(RouteTable, subnet.route_table)
    if table is not None and table.is_propagation_disabled:
        yield routes.let_propagate(facts, table)
    homes = {
        ancestor(place, "virtualnetworks")
        for gateway in facts.topology.all(VirtualNetworkGateway)
        for place in gateway.subnets
    }
    for peering in facts.topology.peerings_of(subnet.network):
        other = facts.topology.reverse_of(peering)
        if peering.remote in homes and other is not None and not peering.uses_remote_gateways:
            yield peerings.use_gateway(facts, peering, other)


def _peer(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """Join the client's network with the one the server's address is in."""
    near = blocked.client.network if blocked.client else None
    places = [blocked.server.subnet]
    places += [one.subnet for one in facts.topology.endpoints_of(blocked.server.id)]
    far = next((n for p in places if p and (n := ancestor(p, "virtualnetworks"))), None)
    if near is None or far is None or near == far:
        return ()
    if any(peering.remote == far for peering in facts.topology.peerings_of(near)):
        return ()
    return peerings.peer_both(facts, near, far)


def _with_peering(remedy: Callable[[Facts, Peering], tuple[Fix, ...]]) -> Recipe:
    def recipe(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
        peering = facts.topology.get(Peering, blocked.decider)
        return remedy(facts, peering) if peering is not None else ()

    return recipe


def _forward(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    nic = facts.topology.get(NetworkInterface, blocked.decider)
    return (routes.forward_at(facts, nic.id),) if nic is not None else ()


def _start_machine(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    machine = facts.topology.get(VirtualMachine, blocked.decider)
    return (routes.start_vm(facts, machine),) if machine is not None else ()


# -- servers ----------------------------------------------------------------------------------


def _start(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    return servers.start(facts, blocked.server)


def _approve(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    endpoint = facts.topology.get(PrivateEndpoint, blocked.decider)
    held = [endpoint] if endpoint else facts.topology.endpoints_of(blocked.server.id)
    return tuple(fix for one in held for fix in endpoints.approve(facts, one))


def _admit_egress(facts: Facts, blocked: Blocked) -> tuple[Fix, ...]:
    """A firewall rule for the public addresses the client is known to leave by."""
    spans = _egress(facts, blocked).spans
    total = sum(span.high - span.low + 1 for span in spans)
    if not 0 < len(spans) <= _MOST_RULES or total > _WIDEST:
        return (Fix(text="Find out the client's public address, and admit that one alone."),)
    name = _client_name(blocked.path.client)
    found = [
        servers.admit(
            facts,
            blocked.server,
            format_address(span.low),
            format_address(span.high),
            f"{name}-{at}" if at > 1 else name,
        )
        for at, span in enumerate(spans, 1)
    ]
    both = msgspec.structs.replace(
        found[0],
        text=" ".join(fix.text for fix in found),
        ops=tuple(op for fix in found for op in fix.ops),
        commands=tuple(command for fix in found for command in fix.commands),
        roll_back=tuple(command for fix in found for command in fix.roll_back),
    )
    return (both,)


def _client_name(client: Client) -> str:
    return name_of(client.id) if client.id else "client"


def _egress(facts: Facts, blocked: Blocked) -> SpanSet:
    client = blocked.client
    if client is None:
        return SpanSet()
    if client.home is not Home.SUBNET:
        return blocked.part.addresses if client.home is Home.INTERNET else SpanSet()
    part = msgspec.structs.replace(client, addresses=blocked.part.addresses)
    target = tag_target(PUBLIC_SERVER, blocked.server.location)
    found = SpanSet()
    for _, _, egress in public_ways(facts, part, target, ("tcp", blocked.path.port)):
        if egress is None or not egress.is_known:
            return SpanSet()
        found |= egress.addresses
    return found


_RECIPES: dict[str, Recipe] = {
    "ZONE_NOT_LINKED": _link,
    "PUBLIC_ANSWER": _link,
    "DNS_SERVER_UNREACHABLE": _reach_dns,
    "WRONG_ADDRESS": _correct_record,
    "RECORD_MISSING": _write_record,
    "NAME_CAPTURED": _unlink,
    "WRONG_ZONE": _unlink,
    "NSG_DENY": _admit,
    "NSG_DEFAULT_DENY": _admit,
    "ROUTE_NONE": _drop_route,
    "ROUTE_INTERNET": _drop_route,
    "NO_ROUTE": _route,
    "ASYMMETRIC_PATH": _same_way_back,
    "PEERING_NOT_CONNECTED": _with_peering(lambda f, p: peerings.connect(f, p, _blank())),
    "PEERING_NOT_SYNCED": _with_peering(lambda f, p: peerings.sync(f, p, _blank())),
    "PEERING_ACCESS_OFF": _with_peering(lambda f, p: (peerings.admit_access(f, p),)),
    "FORWARDED_TRAFFIC_REFUSED": _with_peering(lambda f, p: (peerings.admit_forwarded(f, p),)),
    "APPLIANCE_NOT_FORWARDING": _forward,
    "APPLIANCE_STOPPED": _start_machine,
    "SERVER_NOT_RUNNING": _start,
    "FIREWALL_RULE_MISSING": _admit_egress,
    "ENDPOINT_NOT_APPROVED": _approve,
    "PUBLIC_ACCESS_DISABLED": _approve,
}
