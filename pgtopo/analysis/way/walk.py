"""Carries packets from a subnet towards an address, hop by hop, and says what each hop does.

Azure rule: every subnet a packet leaves applies its own routes; peerings are not transitive
("Virtual network traffic routing", "Virtual network peering", Microsoft Learn).
"""

from typing import NamedTuple

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import effective_gateways, own_gateways
from pgtopo.analysis.networks.peerings import network_id, peering_to
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable, Hop, Source
from pgtopo.analysis.routes.next_hops import device_at
from pgtopo.analysis.routes.table import effective_routes, system_routes
from pgtopo.analysis.verdict import Evidence, Stage, Step
from pgtopo.analysis.way.appliances import answered, enter
from pgtopo.analysis.way.crossing import Crossing, Service, cross
from pgtopo.analysis.way.drops import dropped, joined_perhaps, may_be_joined
from pgtopo.analysis.way.walk_state import End, Target, TargetKind, Walk, allowed, blocked, unknown
from pgtopo.analysis.wording import called
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, first_cidr, format_address
from pgtopo.model.network import Peering
from pgtopo.model.routing import VirtualNetworkGateway

MAX_HOPS = 8


def carry(facts: Facts, walk: Walk, target: Target, service: Service) -> list[Walk]:
    """Every share of a walk at its end: arrived, or stopped with the reason among its steps."""
    done: list[Walk] = []
    moving = [walk]
    for _ in range(MAX_HOPS):
        after = [one for at in moving for one in _advance(facts, at, target, service)]
        done += [one for one in after if one.end is not End.MOVING]
        moving = [one for one in after if one.end is End.MOVING]
        if not moving:
            return done
    loop = "The packets come back to where they were: a routing loop."
    return done + [
        one.told(blocked(_stage(one), "ROUTING_LOOP", loop), end=End.STOPPED) for one in moving
    ]


def _stage(walk: Walk) -> Stage:
    if walk.is_return:
        return Stage.RETURN_ROUTE
    is_on_the_way = walk.devices or any(one.stage is Stage.TRANSIT for one in walk.steps)
    return Stage.TRANSIT if is_on_the_way else Stage.FORWARD_ROUTE


def _table(facts: Facts, walk: Walk) -> EffectiveTable:
    """The routes that apply; answers of private endpoints do not follow user-defined ones.

    Azure rule: return traffic of a private endpoint bypasses the routes of its subnet ("Inspect
    private endpoint traffic with Azure Firewall", Microsoft Learn).
    """
    if walk.ignores_user_routes and not walk.devices:
        return system_routes(facts, walk.network)
    return effective_routes(facts, walk.subnet)


class Going(NamedTuple):
    """What a hop needs to know beside the walk itself."""

    facts: Facts
    route: EffectiveRoute
    target: Target
    service: Service


def _advance(facts: Facts, walk: Walk, target: Target, service: Service) -> list[Walk]:
    walks = []
    for share, route in _table(facts, walk).lookup(walk.targets):
        part = _towards(walk, share)
        if route.doubt and route.hop not in (Hop.NONE, Hop.INTERNET):
            walks.append(part.told(_doubted(facts, part, route), end=End.STOPPED))
            continue
        if may_be_joined(facts, part, route, target):
            lost = part.told(joined_perhaps(facts, part, route, target), end=End.STOPPED)
            walks.append(msgspec.structs.replace(lost, is_blind=True))
            continue
        walks += _HOPS[route.hop](part, Going(facts, route, target, service))
    return walks


def _doubted(facts: Facts, walk: Walk, route: EffectiveRoute) -> Step:
    text = f"Whether the route to {_shown(walk.targets)} is in force is not in the data."
    evidence: tuple[Evidence, ...] = ()
    if route.rivals:
        names = " and ".join(called(facts, one) for one in (route.peering, *route.rivals))
        text = f"Peerings {names} both claim {_shown(walk.targets)}, which Azure does not allow."
        path = "properties.remoteAddressSpace.addressPrefixes"
        held = (facts.topology.get(Peering, one) for one in route.rivals)
        evidence = tuple(Evidence(one.id, path, one.remote_prefixes) for one in held if one)
    note = assume(route.doubt, text)
    found = unknown(_stage(walk), route.doubt, text, route.evidence, note)
    return msgspec.structs.replace(found, evidence=evidence)


def _towards(walk: Walk, share: SpanSet) -> Walk:
    """The walk for a share of its destinations; on the way back those are the clients."""
    if share == walk.targets:
        return walk
    clients = share if walk.is_return and walk.clients == walk.targets else walk.clients
    return msgspec.structs.replace(walk, targets=share, clients=clients)


def _shown(targets: SpanSet) -> str:
    if len(targets) == 1:
        return format_address(targets.spans[0].low)
    texts = targets.cidrs()
    return ", ".join(texts[:3]) + (" ..." if len(texts) > 3 else "")


_KINDS = {Source.USER: "user-defined", Source.BGP: "gateway", Source.SYSTEM: "system"}


def _subnet_name(facts: Facts, walk: Walk) -> str:
    return called(facts, walk.subnet)


def _routed(facts: Facts, walk: Walk, route: EffectiveRoute) -> Walk:
    """The walk with the route that was taken told."""
    kind = _KINDS[route.source]
    name = f"route {route.name}" if route.name else f"{kind} route"
    text = (
        f"{_shown(walk.targets)}: {name} {first_cidr(route.span)} on subnet"
        f" {_subnet_name(facts, walk)} leads to {route.hop.value}."
    )
    return walk.told(allowed(_stage(walk), text, route.evidence))


def _local(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    at = _routed(going.facts, walk, route)
    if going.target.network == walk.network:
        return [msgspec.structs.replace(at, end=End.ARRIVED)]
    stage = _stage(walk)
    if route.source is Source.USER and route.networks != (walk.network,):
        text = f"Route {route.name} keeps a prefix of another network inside this one."
        return [walk.told(unknown(stage, "ROUTE_LOCAL_FOREIGN", text, route.evidence), end=_STOP)]
    return [_elsewhere(going.facts, walk, route, going.target)]


_STOP = End.STOPPED


def _elsewhere(facts: Facts, walk: Walk, route: EffectiveRoute, target: Target) -> Walk:
    """The address exists nearer by, in another network than the one that is meant."""
    where = f"a range that subnet {_subnet_name(facts, walk)} reaches directly"
    text = f"{_shown(walk.targets)} lies in {where}, and nothing there has that address."
    if target.network is not None:
        text = (
            f"{_shown(walk.targets)} also lies in {where}, so the packets do not leave for"
            f" {called(facts, target.network)}: the ranges overlap."
        )
    return walk.told(blocked(_stage(walk), "RANGE_OVERLAP", text, route.evidence), end=_STOP)


def _peering(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    peering = going.facts.topology.get(Peering, route.peering)
    if peering is None:
        return [walk.told(unknown(_stage(walk), "ROUTE_UNKNOWN", "Unread peering."), end=_STOP)]
    return _over(
        going.facts,
        _routed(going.facts, walk, route),
        peering,
        route,
        going.target,
        service=going.service,
    )


def _over(
    facts: Facts,
    walk: Walk,
    peering: Peering,
    route: EffectiveRoute,
    target: Target,
    *,
    service: Service,
) -> list[Walk]:
    if peering.remote != target.network:
        return [_elsewhere(facts, walk, route, target)]
    crossing = Crossing(
        peering=peering,
        receiver=target.gate,
        receiver_subnet=target.subnet,
        service=service,
    )
    crossed = cross(facts, walk, crossing)
    return [msgspec.structs.replace(one, end=End.ARRIVED) for one in crossed]


def _endpoint(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    at = _routed(going.facts, walk, route)
    if not route.networks:
        return _local(walk, going)
    peering = peering_to(going.facts, walk.network, route.networks[0])
    if peering is None:
        return [_elsewhere(going.facts, walk, route, going.target)]
    return _over(going.facts, at, peering, route, going.target, service=going.service)


def _group(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.PEERING
    if len(route.networks) > 1:
        text = f"{_shown(walk.targets)} lies in several networks of the connected group: dropped."
        return [walk.told(blocked(stage, "RANGE_OVERLAP", text, route.evidence), end=_STOP)]
    if going.target.network not in route.networks:
        return [_elsewhere(going.facts, walk, route, going.target)]
    there = called(going.facts, going.target.network)
    text = f"A connected group of Virtual Network Manager joins it with {there}."
    at = _routed(going.facts, walk, route).told(allowed(stage, text, route.evidence))
    return [msgspec.structs.replace(at, end=End.ARRIVED)]


def _hub(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    if going.target.network not in route.networks:
        return [_elsewhere(going.facts, walk, route, going.target)]
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.TRANSIT
    text = "The Virtual WAN hub routes between both networks on its default table."
    at = _routed(going.facts, walk, route).told(allowed(stage, text, route.evidence))
    return [msgspec.structs.replace(at, end=End.ARRIVED)]


def _gateway(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.TRANSIT
    reaches = effective_gateways(going.facts, walk.network)
    if not reaches:
        where = called(going.facts, walk.network)
        text = f"Route {route.name} leads to a gateway, but network {where} has"
        text += " none of its own and uses no other network's."
        return [walk.told(blocked(stage, "NO_GATEWAY", text, route.evidence), end=_STOP)]
    at = _routed(going.facts, walk, route)
    if going.target.kind in (TargetKind.ONPREM, TargetKind.NOBODY):
        return [_to_site(at, [r.home for r in reaches], route, going.target)]
    sites = [site for reach in reaches for site in reach.sites]
    if any(site.network == going.target.network for site in sites):
        text = "A network-to-network connection of the gateway leads there."
        return [at.told(allowed(stage, text, route.evidence), end=End.ARRIVED)]
    if route.source is Source.USER and not any(r.has_vpn for r in reaches):
        text = f"Route {route.name} leads to an ExpressRoute gateway, which it cannot use."
        return [
            at.told(unknown(stage, "GATEWAY_ROUTE_UNSUPPORTED", text, route.evidence), end=_STOP)
        ]
    return _through_gateway(going.facts, at, reaches[0].home, route, stage)


def _to_site(walk: Walk, homes: list[ArmId], route: EffectiveRoute, target: Target) -> Walk:
    stage = Stage.RETURN_ROUTE if walk.is_return else Stage.TRANSIT
    if target.homes and not set(homes) & set(target.homes):
        text = "The route leads to another gateway than the one the client comes in by."
        return walk.told(unknown(stage, "OTHER_GATEWAY", text, route.evidence), end=_STOP)
    return walk.told(end=End.ARRIVED)


def _through_gateway(
    facts: Facts, walk: Walk, home: ArmId, route: EffectiveRoute, stage: Stage
) -> list[Walk]:
    """On through the gateway of a hub, whose subnet's routes apply next."""
    subnet = gateway_subnet(facts, home)
    if subnet is None or subnet == walk.subnet:
        text = "What lies behind the gateway is not in the data."
        return [walk.told(unknown(stage, "BEHIND_GATEWAY", text, route.evidence), end=_STOP)]
    text = f"The gateway of network {called(facts, home)} takes it on."
    moved = msgspec.structs.replace(walk, subnet=subnet, network=home, gate=None, from_gateway=True)
    return [moved.told(allowed(stage, text, route.evidence))]


def gateway_subnet(facts: Facts, network: ArmId) -> ArmId | None:
    """The subnet that holds a network's gateways."""
    reach = own_gateways(facts, network)
    for gateway_id in reach.gateways if reach else ():
        gateway = facts.topology.get(VirtualNetworkGateway, gateway_id)
        for subnet in gateway.subnets if gateway else ():
            if network_id(facts, subnet) == network:
                return subnet
    return None


def _appliance(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    if not route.hop_ips:
        text = f"Route {route.name} names no address for its appliance."
        seen = Evidence(route.evidence.resource, "properties.nextHopIpAddress", value=None)
        stage = _stage(walk)
        lost = walk.told(unknown(stage, "APPLIANCE_WITHOUT_ADDRESS", text, seen), end=_STOP)
        return [msgspec.structs.replace(lost, is_blind=True)]
    at = _routed(going.facts, walk, route)
    is_spread = len(route.hop_ips) > 1
    walks = []
    for number, address in enumerate(route.hop_ips):
        way = at.chosen(number) if is_spread else at
        device = device_at(going.facts, walk.network, address)
        if going.target.device == device.id and device.id is not None:
            walks.append(answered(way, device, route))
        else:
            walks += enter(going.facts, way, device, route, going.service)
    return walks


def _drop(walk: Walk, going: Going) -> list[Walk]:
    route = going.route
    found = dropped(going.facts, walk, route, going.target)
    if walk.devices and not walk.is_return:
        found = msgspec.structs.replace(found, stage=Stage.TRANSIT)
    return [walk.told(found, end=_STOP)]


def _unknown(walk: Walk, going: Going) -> list[Walk]:
    """The end of a walk that something not in the data takes on, translated or not."""
    route = going.route
    subnet = _subnet_name(going.facts, walk)
    text = f"The route from subnet {subnet} to {_shown(walk.targets)} is not known."
    note = assume("BGP_ROUTES_UNSEEN", text)
    step = unknown(_stage(walk), "ROUTE_UNKNOWN", text, route.evidence, note)
    return [msgspec.structs.replace(walk.told(step, end=_STOP), is_blind=True)]


_HOPS = {
    Hop.LOCAL: _local,
    Hop.PEERING: _peering,
    Hop.CONNECTED_GROUP: _group,
    Hop.GATEWAY: _gateway,
    Hop.APPLIANCE: _appliance,
    Hop.INTERNET: _drop,
    Hop.NONE: _drop,
    Hop.ENDPOINT: _endpoint,
    Hop.SERVICE_ENDPOINT: _unknown,
    Hop.VIRTUAL_HUB: _hub,
    Hop.UNKNOWN: _unknown,
}
