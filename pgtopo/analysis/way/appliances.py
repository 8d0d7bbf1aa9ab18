"""What an appliance at a next hop does with packets, and under which source they leave it."""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.firewalls import FirewallAnswer, firewall_answers, translates
from pgtopo.analysis.filters.in_order import Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.routes.effective_route import EffectiveRoute
from pgtopo.analysis.routes.next_hops import Device, DeviceKind, Exit, stated
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.crossing import Crossing, Service, cross, for_clients
from pgtopo.analysis.way.filtering import Filters, filtered
from pgtopo.analysis.way.walk_state import End, Walk, allowed, blocked, unknown
from pgtopo.model.net import SpanSet, format_address, parse_prefix
from pgtopo.model.network import Peering


def enter(
    facts: Facts, walk: Walk, device: Device, route: EffectiveRoute, service: Service
) -> list[Walk]:
    """The walk behind an appliance, split where sources fare differently."""
    inside = _firewall if device.kind is DeviceKind.FIREWALL else _machine
    return [
        after
        for one in approach(facts, walk, device, route, service)
        for after in ([one] if one.end is End.STOPPED else inside(facts, one, device, service))
    ]


def answered(walk: Walk, device: Device, route: EffectiveRoute) -> Walk:
    """The end of answers to an appliance's own address that a route sends to the appliance.

    Azure rule: an Azure Firewall is several machines behind one address, and each connection lives
    in one of them ("Azure Firewall features", Microsoft Learn).
    """
    if device.kind is not DeviceKind.FIREWALL:
        return walk.told(end=End.ARRIVED)
    text = (
        f"Route {route.name} sends answers to the addresses of {called(device)} through its front"
        " address; whether they reach the machine that knows the connection is not documented."
    )
    note = assume("ONE_WAY_STEERING", text, "take the firewall's subnet out of the route")
    step = unknown(Stage.RETURN_ROUTE, "ANSWERS_TO_FIREWALL", text, route.evidence, note)
    return walk.told(step, end=End.STOPPED)


def approach(
    facts: Facts, walk: Walk, device: Device, route: EffectiveRoute, service: Service
) -> list[Walk]:
    """The walk in front of an appliance; stopped where there is none that forwards."""
    stage = _stage(walk)
    absent = _absent(walk, device, route)
    if absent is not None:
        return [absent]
    if any(one.id == device.id for one in walk.devices):
        text = f"{called(device)} gets the packets a second time: a routing loop."
        return [walk.told(blocked(stage, "ROUTING_LOOP", text, route.evidence), end=End.STOPPED)]
    walks = [walk]
    peering = facts.topology.get(Peering, device.peering)
    if peering is not None:
        crossing = Crossing(
            peering=peering,
            receiver=None if device.kind is DeviceKind.FIREWALL else device.gate,
            receiver_subnet=device.subnet,
            service=service,
        )
        walks = cross(facts, walk, crossing)
    if device.fault:
        step = _faulty(device, stage)
        return [one.told(step, end=End.STOPPED) for one in walks]
    return walks


def _faulty(device: Device, stage: Stage) -> Step:
    """What a device does that does not forward, or of which nothing says that it does."""
    where = f"{called(device)} at {format_address(device.address)}"
    if device.is_fault_sure:
        text = f"{where} does not forward packets."
        return blocked(stage, device.fault, text, device.fault_evidence)
    text = f"Whether {where[0].lower()}{where[1:]} forwards packets is not stated."
    note = assume("FORWARDING_UNSEEN", text)
    return unknown(stage, device.fault, text, device.fault_evidence, note)


def _stage(walk: Walk) -> Stage:
    return Stage.RETURN_ROUTE if walk.is_return else Stage.TRANSIT


def called(device: Device) -> str:
    """A device in words."""
    name = f" {device.name}" if device.name else ""
    return f"{device.kind.value[0].upper()}{device.kind.value[1:]}{name}"


def _absent(walk: Walk, device: Device, route: EffectiveRoute) -> Walk | None:
    """The end of a walk whose next hop is nothing that can be named.

    Azure rule: the next hop must have direct connectivity ("Virtual network traffic routing").
    """
    stage = _stage(walk)
    where = f"Next hop {format_address(device.address)} of route {route.name}"
    seen = Evidence(
        route.evidence.resource, "properties.nextHopIpAddress", format_address(device.address)
    )
    if device.kind is DeviceKind.OUT_OF_REACH:
        text = f"{where} is neither in this network nor in one peered with it."
        return walk.told(blocked(stage, "NEXT_HOP_OUT_OF_REACH", text, seen), end=End.STOPPED)
    if device.kind is DeviceKind.UNOWNED:
        text = f"{where} belongs to no interface, firewall or load balancer."
        return walk.told(blocked(stage, "NEXT_HOP_UNOWNED", text, seen), end=End.STOPPED)
    if device.kind is DeviceKind.UNSEEN:
        why = device.note or "may belong to something that was not read"
        text = f"{where} {why}."
        note = assume("APPLIANCE_RULES", text)
        lost = walk.told(unknown(stage, "NEXT_HOP_UNSEEN", text, seen, note), end=End.STOPPED)
        return msgspec.structs.replace(lost, is_blind=True)
    return None


def _moved(walk: Walk, device: Device, *, translates_source: bool, is_blind: bool) -> Walk:
    wire = walk.wire
    marks = walk.translated
    if translates_source:
        wire = AddressSide(addresses=device.sources, network=device.network)
        marks = (*marks, len(walk.devices))
    gate = None if device.kind is DeviceKind.FIREWALL else device.gate
    return msgspec.structs.replace(
        walk,
        wire=wire,
        subnet=device.subnet or walk.subnet,
        network=device.network or walk.network,
        gate=gate,
        devices=(*walk.devices, device),
        translated=marks,
        is_blind=walk.is_blind or is_blind,
        from_gateway=False,
    )


def _share(walk: Walk, sources: SpanSet) -> Walk:
    if sources == walk.wire.addresses:
        return walk
    wire = msgspec.structs.replace(walk.wire, addresses=sources)
    clients = sources if walk.wire.addresses == walk.clients else walk.clients
    return msgspec.structs.replace(walk, wire=wire, clients=clients)


# -- Azure Firewall --------------------------------------------------------------------------------


def _firewall(facts: Facts, walk: Walk, device: Device, service: Service) -> list[Walk]:
    if device.id is None:
        return [walk]
    snat = translates(facts, device.id, walk.targets)
    if walk.is_return:
        return [_moved(walk, device, translates_source=False, is_blind=False)]
    destination = AddressSide(addresses=walk.targets)
    word = f"{service[0]}/{service[1]}"
    shares = firewall_answers(facts, device.id, walk.wire, destination, word)
    if walk.wire.addresses != walk.clients:
        shares = [(walk.wire.addresses, _joint([answer for _, answer in shares]))]
    return [
        _moved(
            judged_by(_share(walk, share), device, answer),
            device,
            translates_source=snat is True,
            is_blind=snat is None,
        )
        for share, answer in shares
    ]


def _joint(answers: list[FirewallAnswer]) -> FirewallAnswer:
    labels = tuple(sorted({label for answer in answers for label in answer.labels}))
    return msgspec.structs.replace(answers[0], labels=labels)


def judged_by(walk: Walk, device: Device, answer: FirewallAnswer) -> Walk:
    """The walk with what a firewall does to it told."""
    name = f"Azure Firewall {device.name}"
    if answer.labels == ("allow",):
        text = f"{name} lets it through: rule {answer.rule}."
        return walk.told(allowed(Stage.TRANSIT, text, answer.evidence))
    if answer.labels == ("deny",):
        rule = f"rule {answer.rule} denies it" if answer.rule else "no network rule allows it"
        text = f"{name} stops it: {rule}."
        return walk.told(blocked(Stage.TRANSIT, "FIREWALL_DENY", text, answer.evidence))
    text = f"What {name} does with it is open: its rules were not read, or leave it open."
    note = assume("APPLIANCE_RULES", text, "Reader on the firewall policy, then collect again")
    return walk.told(unknown(Stage.TRANSIT, "FIREWALL_UNSEEN", text, answer.evidence, note))


# -- network appliances ----------------------------------------------------------------------------


def _machine(facts: Facts, walk: Walk, device: Device, service: Service) -> list[Walk]:
    """The walk behind a machine, by each of its interfaces where it has several."""
    if not device.exits:
        return _by_one(facts, walk, device, service)
    return [
        after
        for number, way in enumerate(device.exits)
        for after in _by_one(facts, walk.chosen(number), _leaving_by(device, way), service, device)
    ]


def _leaving_by(device: Device, way: Exit) -> Device:
    return msgspec.structs.replace(
        device, subnet=way.subnet, nics=way.nics, sources=way.sources, exits=()
    )


def _by_one(
    facts: Facts, walk: Walk, device: Device, service: Service, entry: Device | None = None
) -> list[Walk]:
    if walk.is_return:
        return [_moved(walk, device, translates_source=False, is_blind=False)]
    fact = stated(facts, device.address)
    walks = []
    for part in _filtered(facts, walk, entry or device, service):
        if fact is None or fact.allows is None:
            text = (
                f"{called(device)} at {format_address(device.address)} gets the packets;"
                " what it does with them is not in the data."
            )
            note = assume("APPLIANCE_RULES", text)
            seen = device.seen
            judged = [part.told(unknown(Stage.TRANSIT, "APPLIANCE_UNSEEN", text, seen, note))]
        else:
            judged = _as_stated(part, device, fact.allows)
        is_open = fact is None or fact.snat is None
        snat = bool(fact and fact.snat)
        moved = [_moved(o, device, translates_source=snat, is_blind=is_open) for o in judged]
        walks += moved if fact is None else [o for m in moved for o in _sent(facts, m, service)]
    return walks


def _sent(facts: Facts, walk: Walk, service: Service) -> list[Walk]:
    """The walk behind the filters that an appliance sends through, where its owner speaks of it.

    Azure rule: security groups filter forwarded packets like any others, on the way into an
    interface and on the way out ("How network security groups filter network traffic").
    """
    if walk.gate is None or not walk.gate.nics:
        return [walk]
    filters = Filters(
        gate=walk.gate, direction=Direction.OUTBOUND, service=service, stage=Stage.TRANSIT
    )
    return [
        for_clients(walk, share).told(*(s for s in steps if s.verdict is not Verdict.ALLOWED))
        for share, steps in filtered(facts, walk, filters)
    ]


def _as_stated(walk: Walk, device: Device, allows: tuple[str, ...]) -> list[Walk]:
    """The walk behind an appliance whose owner says what it lets through."""
    admitted = SpanSet(s for s in map(parse_prefix, allows) if s is not None)
    name = f"{called(device)} at {format_address(device.address)}"
    inside, outside = walk.wire.addresses & admitted, walk.wire.addresses - admitted
    walks = []
    if inside:
        text = f"{name} lets it through, as the settings file states."
        walks.append(_share(walk, inside).told(allowed(Stage.TRANSIT, text, device.seen)))
    if outside:
        text = f"{name} does not let it through, as the settings file states."
        refusal = blocked(Stage.TRANSIT, "APPLIANCE_DENY", text, device.seen)
        walks.append(_share(walk, outside).told(refusal))
    return walks


def _filtered(facts: Facts, walk: Walk, device: Device, service: Service) -> list[Walk]:
    """What the filters in front of an appliance do to packets that arrive there."""
    if device.gate is None or not device.nics:
        return [walk]
    passage = Passage(
        source=walk.wire,
        destination=AddressSide(addresses=walk.targets),
        port=service[1],
        protocol=service[0],
    )
    shares = gate_steps(facts, device.gate, Direction.INBOUND, passage, Stage.TRANSIT)
    walks = []
    for share, steps in shares:
        part = _share(walk, share)
        walks.append(part.told(*(s for s in steps if s.verdict is not Verdict.ALLOWED)))
    return walks
