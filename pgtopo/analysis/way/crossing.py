"""What a packet meets when it crosses from one network into another over a peering."""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, explicitly_admits
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.networks.peerings import (
    Usable,
    joins,
    left_out,
    peering_state,
    routed_space,
)
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.analysis.way.walk_state import Walk, allowed, blocked, unknown
from pgtopo.model.ids import ArmId
from pgtopo.model.net import ANY_V4, EMPTY, SpanSet
from pgtopo.model.network import Peering, VirtualNetwork

Service = tuple[str, int]
"""Protocol and port."""


class Crossing(msgspec.Struct, frozen=True, kw_only=True):
    """One passage over a peering: from where, to which filters."""

    peering: Peering
    receiver: Gate | None
    """The filters in front of what receives the packets; None where it has none."""
    receiver_subnet: ArmId | None = None
    service: Service = ("tcp", 5432)


def cross(facts: Facts, walk: Walk, crossing: Crossing) -> list[Walk]:
    """The walk on the other side of a peering, split where sources fare differently."""
    stage = _stage(walk)
    peering = crossing.peering
    if not joins(facts, peering, walk.subnet, crossing.receiver_subnet):
        seen = left_out(facts, peering, walk.subnet, crossing.receiver_subnet)
        text = f"Peering {peering.name} joins only listed subnets, and not both of these."
        return [walk.told(blocked(stage, "SUBNET_NOT_PEERED", text, seen))]
    walks = [walk]
    for rule in (_sender_access, _receiver_access, _forwarded, _transit):
        walks = [after for one in walks for after in rule(facts, one, crossing)]
    seen = Evidence(peering.id, "properties.peeringState", peering.state or None)
    if peering.remote and facts.topology.get(VirtualNetwork, peering.remote) is None:
        text = f"Peering {peering.name} leads to a network that was not read."
        return [w.told(unknown(stage, "REMOTE_NETWORK_UNSEEN", text, seen)) for w in walks]
    before = len(walk.steps)
    if peering_state(facts, peering).usable is Usable.UNKNOWN:
        text = f"The state of peering {peering.name} is not in the data."
        note = assume("PEERING_STATE_UNSEEN", text)
        return [w.told(unknown(stage, "PEERING_STATE_UNSEEN", text, seen, note)) for w in walks]
    return [w if len(w.steps) > before else w.told(_passed(stage, peering, seen)) for w in walks]


def _stage(walk: Walk) -> Stage:
    return Stage.RETURN_ROUTE if walk.is_return else Stage.PEERING


def _passed(stage: Stage, peering: Peering, seen: Evidence) -> Step:
    return allowed(stage, f"Peering {peering.name} is Connected on both sides.", seen)


def _sender_access(facts: Facts, walk: Walk, crossing: Crossing) -> list[Walk]:
    if crossing.peering.allows_access or walk.is_return:
        return [walk]
    gate = walk.gate
    return _without_access(facts, walk, crossing, crossing.peering, gate, Direction.OUTBOUND)


def _receiver_access(facts: Facts, walk: Walk, crossing: Crossing) -> list[Walk]:
    other = facts.topology.reverse_of(crossing.peering)
    if other is None or other.allows_access or walk.is_return:
        return [walk]
    return _without_access(facts, walk, crossing, other, crossing.receiver, Direction.INBOUND)


def _without_access(
    facts: Facts,
    walk: Walk,
    crossing: Crossing,
    half: Peering,
    gate: Gate | None,
    direction: Direction,
) -> list[Walk]:
    """What a cleared allowVirtualNetworkAccess leaves.

    Azure rule: it takes the peer out of the VirtualNetwork tag, so that only an explicit rule
    could still let traffic pass ("Create, change, or delete a virtual network peering").
    """
    seen = Evidence(half.id, "properties.allowVirtualNetworkAccess", value=False)
    text = f"Peering {half.name} has virtual network access switched off"
    walks = []
    for share, verdict in _explicit(facts, walk, crossing, gate, direction):
        part = for_clients(walk, share)
        if verdict is Verdict.BLOCKED:
            why = f"{text}, and no rule admits the traffic explicitly."
            walks.append(part.told(blocked(Stage.PEERING, "PEERING_ACCESS_OFF", why, seen)))
            continue
        why = f"{text}; whether the rules in place still let it pass is not certain."
        note = assume("NO_VNET_ACCESS_WITH_ALLOW", why)
        walks.append(part.told(unknown(Stage.PEERING, "PEERING_ACCESS_OFF", why, seen, note)))
    return walks


def _forwarded(facts: Facts, walk: Walk, crossing: Crossing) -> list[Walk]:
    """What a cleared allowForwardedTraffic leaves.

    Azure rule: traffic that did not begin in the peer needs the flag on the receiving side;
    traffic straight from a VPN gateway does not ("Create, change, or delete a peering").
    """
    stage = _stage(walk)
    other = facts.topology.reverse_of(crossing.peering)
    if other is None or other.allows_forwarded or walk.from_gateway:
        return [walk]
    if walk.is_blind:
        return [_forwarded_blind(walk, other, stage)]
    foreign = walk.wire.addresses - _peer_space(facts, walk.network, other)
    if not foreign:
        return [walk]
    seen = Evidence(other.id, "properties.allowForwardedTraffic", value=False)
    text = f"Peering {other.name} does not accept forwarded traffic"
    is_shown = walk.wire.addresses == walk.clients
    stays = walk.clients - foreign if is_shown else EMPTY
    walks = [for_clients(walk, stays)] if stays else []
    outside = for_clients(walk, walk.clients - stays)
    if not other.is_forwarded_stated:
        return [*walks, outside.told(_unstated(other, stage))]
    if walk.is_return:
        return [*walks, outside.told(blocked(stage, "FORWARDED_TRAFFIC_REFUSED", f"{text}.", seen))]
    for share, verdict in _explicit(facts, outside, crossing, crossing.receiver, Direction.INBOUND):
        part = for_clients(outside, share)
        if verdict is Verdict.BLOCKED:
            why = f"{text}, and the sender is not in the peer's own ranges."
            walks.append(part.told(blocked(stage, "FORWARDED_TRAFFIC_REFUSED", why, seen)))
            continue
        why = f"{text}; whether the rules in place still let it pass is not certain."
        note = assume("FORWARDED_TRAFFIC_FLAG", why)
        walks.append(part.told(unknown(stage, "FORWARDED_TRAFFIC_REFUSED", why, seen, note)))
    return walks


def _unstated(other: Peering, stage: Stage) -> Step:
    """What follows where a half does not say whether it lets forwarded traffic in."""
    seen = Evidence(other.id, "properties.allowForwardedTraffic", value=None)
    text = f"Whether peering {other.name} accepts forwarded traffic is not stated."
    note = assume("FORWARDING_UNSEEN", text)
    return unknown(stage, "FORWARDED_TRAFFIC_REFUSED", text, seen, note)


def _forwarded_blind(walk: Walk, other: Peering, stage: Stage) -> Walk:
    if not other.is_forwarded_stated:
        return walk.told(_unstated(other, stage))
    seen = Evidence(other.id, "properties.allowForwardedTraffic", value=False)
    why = f"Without SNAT: blocked by peering {other.name}, which does not accept forwarded traffic."
    note = assume("APPLIANCE_SNAT", why)
    return walk.told(unknown(stage, "FORWARDED_TRAFFIC_REFUSED", why, seen, note))


def _peer_space(facts: Facts, sender: ArmId, receiver_half: Peering) -> SpanSet:
    held = facts.topology.get(VirtualNetwork, sender)
    return routed_space(facts, receiver_half) | (held.space if held else EMPTY)


def _transit(facts: Facts, walk: Walk, crossing: Crossing) -> list[Walk]:
    """What the gateway flags leave of traffic straight from a gateway.

    Azure rule: a gateway serves a peer only with allowGatewayTransit on its own side and
    useRemoteGateways on the peer's ("Configure VPN gateway transit").
    """
    if not walk.from_gateway:
        return [walk]
    stage = _stage(walk)
    other = facts.topology.reverse_of(crossing.peering)
    if not crossing.peering.allows_gateway_transit:
        seen = Evidence(crossing.peering.id, "properties.allowGatewayTransit", value=False)
        text = f"Peering {crossing.peering.name} does not let the peer use this network's gateway."
        return [walk.told(blocked(stage, "GATEWAY_TRANSIT_OFF", text, seen))]
    if other is not None and not other.uses_remote_gateways:
        seen = Evidence(other.id, "properties.useRemoteGateways", value=False)
        text = f"Peering {other.name} does not use the gateway of the other network."
        return [walk.told(blocked(stage, "GATEWAY_TRANSIT_OFF", text, seen))]
    return [walk]


def _explicit(
    facts: Facts, walk: Walk, crossing: Crossing, gate: Gate | None, direction: Direction
) -> list[tuple[SpanSet, Verdict]]:
    """Shares of the clients, blocked where the filters have no explicit rule for them."""
    if gate is None:
        return [(walk.clients, Verdict.UNKNOWN)]
    # Behind an appliance that may translate, the packet may show any source.
    wire = AddressSide(addresses=ANY_V4) if walk.is_blind else walk.wire
    protocol, port = crossing.service
    passage = Passage(
        source=wire,
        destination=AddressSide(addresses=walk.targets, network=crossing.peering.remote),
        port=port,
        protocol=protocol,
    )
    excluded = wire.addresses if direction is Direction.INBOUND else walk.targets
    shares = explicitly_admits(facts, gate, direction, passage, excluded)
    if wire.addresses == walk.clients:
        return shares
    verdicts = {verdict for _, verdict in shares}
    only = Verdict.BLOCKED if verdicts == {Verdict.BLOCKED} else Verdict.UNKNOWN
    return [(walk.clients, only)]


def for_clients(walk: Walk, clients: SpanSet) -> Walk:
    """The walk for some of its clients."""
    if clients == walk.clients:
        return walk
    wire = walk.wire
    if wire.addresses == walk.clients:
        wire = msgspec.structs.replace(wire, addresses=clients)
    return msgspec.structs.replace(walk, clients=clients, wire=wire)
