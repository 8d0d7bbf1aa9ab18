"""The way of packets from one part of a client to a server's public address."""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.firewalls import firewall_answers
from pgtopo.analysis.filters.in_order import Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import PUBLIC_SERVER, AddressSide, TagSide, tag_target
from pgtopo.analysis.networks.gateways import effective_gateways
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.analysis.path.server_access import admits_nobody, public_shares
from pgtopo.analysis.routes.effective_route import EffectiveRoute, Hop
from pgtopo.analysis.routes.next_hops import Device, DeviceKind, device_at, stated
from pgtopo.analysis.routes.service_routes import ServiceRoute, service_route
from pgtopo.analysis.shares import Shares, folded_over_targets, joined
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.appliances import approach, called, judged_by
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.egress import Egress, public_addresses, subnet_egress
from pgtopo.analysis.way.reach import client_gate
from pgtopo.analysis.way.walk_state import End, Walk, allowed, blocked, unknown
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.net import EMPTY, SpanSet, parse_prefix
from pgtopo.model.server import FlexibleServer

_ROUTE = Stage.FORWARD_ROUTE

Ways = list[tuple[SpanSet, tuple[Step, ...], Egress | None]]
"""Shares of a client with their steps and the public side they show; None where they stop."""


def public_path(facts: Facts, part: ClientPart, server: FlexibleServer, service: Service) -> Shares:
    """The part split by how its packets fare on the way to the server's public address.

    Unknown when: the address the packets leave with, or the server's firewall rules, are not in
    the data.
    """
    target = tag_target(PUBLIC_SERVER, server.location)
    shares: Shares = []
    for share, steps, egress in public_ways(facts, part, target, service):
        told = steps + _quiet(steps)
        if egress is None and part.home is not Home.INTERNET:
            shares.append((share, told + without_egress(facts, server)))
            continue
        for admitted, step in public_shares(facts, server, share, egress):
            shares.append((admitted, (*told, step)))
    return shares


def _quiet(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """A word for every stage that a public path has nothing to say about."""
    have = {one.stage for one in steps}
    texts = {
        Stage.CLIENT_FILTER: "No Azure filter stands in front of the client.",
        Stage.PEERING: "No peering is crossed.",
        Stage.TRANSIT: "No appliance or gateway is passed.",
        Stage.SERVER_FILTER: "No security group stands in front of a public address.",
        Stage.RETURN_ROUTE: "Answers follow the connection back.",
    }
    return tuple(allowed(stage, text) for stage, text in texts.items() if stage not in have)


def without_egress(facts: Facts, server: FlexibleServer) -> tuple[Step, ...]:
    """What the server says although it is open how, or whether, packets leave."""
    somebody = Egress(is_azure=False, text="How the packets leave is not known.")
    if admits_nobody(facts, server):
        return tuple(step for _, step in public_shares(facts, server, EMPTY, somebody))
    return ()


def public_ways(facts: Facts, part: ClientPart, target: TagSide, service: Service) -> Ways:
    """Shares of a client with what lies between it and the public side of its packets."""
    if part.home is Home.INTERNET:
        text = "The client reaches the server's public address over the internet."
        return [(part.addresses, (allowed(_ROUTE, text),), None)]
    if part.home is Home.ONPREM:
        return [(part.addresses, (_site_step(),), _site_egress())]
    gate = client_gate(facts, part)
    if gate is None or part.subnet is None:
        text = "The client's subnet is not in the data."
        return [(part.addresses, (unknown(_ROUTE, "SUBNET_UNSEEN", text),), None)]
    passage = Passage(
        source=AddressSide(addresses=part.addresses, network=gate.network),
        destination=target,
        port=service[1],
        protocol=service[0],
    )
    filtered = gate_steps(facts, gate, Direction.OUTBOUND, passage, Stage.CLIENT_FILTER)
    found = service_route(facts, part.subnet, target)
    return [
        (common, steps + more, egress)
        for share, steps in filtered
        for other, more, egress in leaving(facts, part, found, target, service)
        if (common := share & other)
    ]


def _site_step() -> Step:
    found = allowed(_ROUTE, "The client leaves for the internet from its own site.")
    return msgspec.structs.replace(found, assumptions=(assume("ONPREM_DEVICE"),))


def _site_egress() -> Egress:
    text = "The address its site shows on the internet is not in the data."
    note = assume("DEFAULT_OUTBOUND_ADDRESS", text)
    return Egress(is_azure=False, text=text, assumptions=(note,))


def leaving(
    facts: Facts, part: ClientPart, found: ServiceRoute, target: TagSide, service: Service
) -> Ways:
    """Shares of a client behind its own filters, with the public side their packets show."""
    route = found.route
    if found.rivals:
        text = f"Route {found.rivals[0].name} may take the server's address or not."
        note = assume("PUBLIC_ADDRESS_UNSEEN", text)
        step = unknown(_ROUTE, "PUBLIC_ADDRESS_UNSEEN", text, found.rivals[0].evidence, note)
        return [(part.addresses, (step,), None)]
    if route.hop is Hop.INTERNET:
        return _straight(facts, part, found)
    if route.hop is Hop.APPLIANCE:
        return _by_appliance(facts, part, route, target, service)
    if route.hop is Hop.GATEWAY:
        return _by_gateway(facts, part, route)
    if route.hop is Hop.NONE:
        text = f"Route {route.name} on the client's subnet drops it."
        return [(part.addresses, (blocked(_ROUTE, "ROUTE_NONE", text, route.evidence),), None)]
    text = "The route to the internet is not known."
    note = assume("BGP_ROUTES_UNSEEN", text)
    return [(part.addresses, (unknown(_ROUTE, "ROUTE_UNKNOWN", text, route.evidence, note),), None)]


def _straight(facts: Facts, part: ClientPart, found: ServiceRoute) -> Ways:
    notes = (assume("BGP_ROUTES_UNSEEN"),) if found.may_be_learned else ()
    ways: Ways = []
    for share, egress in subnet_egress(facts, part):
        if egress.is_cut:
            step = blocked(_ROUTE, "NO_EGRESS", egress.text, egress.evidence)
            cut = msgspec.structs.replace(step, assumptions=egress.assumptions)
            ways.append((share, (cut,), None))
            continue
        text = f"The packets go to the internet. {egress.text}"
        step = allowed(_ROUTE, text, found.route.evidence)
        ways.append((share, (msgspec.structs.replace(step, assumptions=notes),), egress))
    return ways


def _by_gateway(facts: Facts, part: ClientPart, route: EffectiveRoute) -> Ways:
    network = network_id(facts, part.subnet)
    if network is None or not effective_gateways(facts, network):
        text = f"Route {route.name} leads to a gateway, but there is none."
        return [(part.addresses, (blocked(_ROUTE, "NO_GATEWAY", text, route.evidence),), None)]
    text = f"Route {route.name} sends it on premises first."
    step = allowed(_ROUTE, text, route.evidence)
    step = msgspec.structs.replace(step, assumptions=(assume("ONPREM_DEVICE"),))
    return [(part.addresses, (step,), _site_egress())]


def _by_appliance(
    facts: Facts, part: ClientPart, route: EffectiveRoute, target: TagSide, service: Service
) -> Ways:
    network = network_id(facts, part.subnet)
    gate = client_gate(facts, part)
    if part.subnet is None or network is None or gate is None:
        return []
    text = f"Route {route.name or 'in force'} sends it to an appliance."
    start = Walk(
        clients=part.addresses,
        wire=AddressSide(addresses=part.addresses, network=network),
        targets=EMPTY,
        subnet=part.subnet,
        network=network,
        gate=gate,
        steps=(allowed(_ROUTE, text, route.evidence),),
    )
    if not route.hop_ips:
        text = f"Route {route.name} names no address for its appliance."
        seen = Evidence(route.evidence.resource, "properties.nextHopIpAddress", value=None)
        step = unknown(_ROUTE, "APPLIANCE_WITHOUT_ADDRESS", text, seen)
        return [(part.addresses, (step,), None)]
    ways = [_by_hop(facts, start, address, route, target, service) for address in route.hop_ips]
    return ways[0] if len(ways) == 1 else _spread(route, ways)


def _spread(route: EffectiveRoute, ways: list[Ways]) -> Ways:
    """What is certain of packets that a route spreads over several appliances."""
    folded = folded_over_targets([[(share, steps) for share, steps, _ in way] for way in ways])
    text = f"Route {route.name} spreads packets over appliances; by which they leave is open."
    note = assume("APPLIANCE_RULES", text)
    step = unknown(Stage.TRANSIT, "SUBNET_ADDRESS_CHOICE", text, route.evidence, note)
    return [(share, (*steps, step), None) for share, steps in folded]


def _by_hop(
    facts: Facts,
    start: Walk,
    address: int,
    route: EffectiveRoute,
    target: TagSide,
    service: Service,
) -> Ways:
    device = device_at(facts, start.network, address)
    ways: Ways = []
    for walk in approach(facts, start, device, route, service):
        if walk.end is End.STOPPED:
            ways.append((walk.clients, walk.steps, None))
        elif device.kind is DeviceKind.FIREWALL:
            ways += _through_firewall(facts, walk, device, target, service)
        else:
            ways += _through_machine(facts, walk, device, target, service)
    return ways


def _through_firewall(
    facts: Facts, walk: Walk, device: Device, target: TagSide, service: Service
) -> Ways:
    firewall = facts.topology.get(AzureFirewall, device.id)
    if firewall is None:
        return [(walk.clients, walk.steps, None)]
    addresses, is_known = public_addresses(facts, firewall.public_ips)
    egress = Egress(
        addresses=addresses,
        is_known=is_known and bool(addresses),
        text=f"Packets leave through Azure Firewall {firewall.name}.",
        evidence=Evidence(firewall.id, "properties.ipConfigurations", value=None),
    )
    word = f"{service[0]}/{service[1]}"
    answers = firewall_answers(facts, firewall.id, walk.wire, target, word)
    return [(share, judged_by(walk, device, answer).steps, egress) for share, answer in answers]


def _through_machine(
    facts: Facts, walk: Walk, device: Device, target: TagSide, service: Service
) -> Ways:
    shares: Shares = [(walk.clients, walk.steps)]
    if device.gate is not None and device.nics:
        passage = Passage(
            source=walk.wire, destination=target, port=service[1], protocol=service[0]
        )
        filtered = gate_steps(facts, device.gate, Direction.INBOUND, passage, Stage.TRANSIT)
        refused = [
            (part, tuple(s for s in steps if s.verdict is not Verdict.ALLOWED))
            for part, steps in filtered
        ]
        shares = joined(shares, refused)
    name = called(device)
    fact = stated(facts, device.address)
    egress = _behind_machine(facts, device, name)
    if fact is None or fact.allows is None:
        why = f"{name} gets the packets; what it does with them is not in the data."
        note = assume("APPLIANCE_RULES", why)
        step = unknown(Stage.TRANSIT, "APPLIANCE_UNSEEN", why, device.seen, note)
        return [(share, (*steps, step), egress) for share, steps in shares]
    allows = SpanSet(s for s in map(parse_prefix, fact.allows) if s is not None)
    why = f"{name} lets it through, as the settings file states."
    through = allowed(Stage.TRANSIT, why, device.seen)
    why = f"{name} does not let it through, as the settings file states."
    stopped = blocked(Stage.TRANSIT, "APPLIANCE_DENY", why, device.seen)
    cut = [(walk.clients & allows, (through,)), (walk.clients - allows, (stopped,))]
    return [(share, steps, egress) for share, steps in joined(shares, [c for c in cut if c[0]])]


def _behind_machine(facts: Facts, device: Device, name: str) -> Egress:
    """The public side of packets that an appliance sends on under its own address."""
    own = ClientPart(
        addresses=SpanSet.of(device.address), subnet=device.subnet, network=device.network
    )
    for _, egress in subnet_egress(facts, own):
        if egress.is_known:
            return egress
    text = f"Packets leave through {name}, whose public address is not in the data."
    return Egress(is_azure=False, text=text, assumptions=(assume("APPLIANCE_SNAT", text),))
