"""Whether answers find their way back, and by the same devices.

Azure rule: each direction follows the routes of the subnet it leaves; a stateful firewall drops
packets of connections whose other half it does not see ("Azure Firewall FAQ", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.routes.next_hops import Device, DeviceKind
from pgtopo.analysis.shares import Shares, folded_over_targets, once
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.filtering import softened
from pgtopo.analysis.way.walk import carry
from pgtopo.analysis.way.walk_state import End, Target, TargetKind, Walk, blocked, unknown
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet

STAGE = Stage.RETURN_ROUTE


def answers(facts: Facts, walk: Walk, target: Target, client: Target, service: Service) -> Shares:
    """The clients of a walk split by how the server's answers fare on the way back."""
    if target.subnet is None or target.network is None:
        return [(walk.clients, ())]
    if target.kind is TargetKind.ENDPOINT and walk.devices and not walk.translated:
        return [(walk.clients, (_endpoint_behind(walk),))]
    shares: Shares = [(walk.clients, ())]
    start: tuple[ArmId, ArmId] = (target.subnet, target.network)
    for stop, expected, is_first in _legs(walk, client):
        after: Shares = []
        for share, steps in shares:
            leg = _Leg(
                subnet=start[0],
                network=start[1],
                wire=AddressSide(addresses=target.addresses, network=target.network),
                stop=stop,
                clients=share,
                expected=expected,
                ignores_user_routes=is_first and target.kind is TargetKind.ENDPOINT,
                is_settled=walk.end is End.ARRIVED,
            )
            after += [(s, steps + more) for s, more in _run(facts, leg, service)]
        shares = after
        start = (stop.subnet or start[0], stop.network or start[1])
    if walk.is_blind:
        return [(share, tuple(softened(step) for step in steps)) for share, steps in shares]
    return shares


class _Leg(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of the way back, up to a device that translates or to the client."""

    subnet: ArmId
    network: ArmId
    wire: AddressSide
    stop: Target
    clients: SpanSet
    expected: tuple[Device, ...]
    """The devices the way there passed, in the order in which the way back should."""
    ignores_user_routes: bool
    is_settled: bool
    """Whether the way there is known, so that the two can be compared."""


def _legs(walk: Walk, client: Target) -> list[tuple[Target, tuple[Device, ...], bool]]:
    legs: list[tuple[Target, tuple[Device, ...], bool]] = []
    end = len(walk.devices)
    for index in reversed(walk.translated):
        device = walk.devices[index]
        stop = Target(
            kind=TargetKind.HOST,
            addresses=device.sources,
            subnet=device.subnet,
            network=device.network,
            device=device.id,
        )
        legs.append((stop, tuple(reversed(walk.devices[index + 1 : end])), not legs))
        end = index
    legs.append((client, tuple(reversed(walk.devices[:end])), not legs))
    return legs


def _run(facts: Facts, leg: _Leg, service: Service) -> Shares:
    is_client = leg.stop.kind is not TargetKind.HOST or leg.clients <= leg.stop.addresses
    destinations = leg.clients if is_client else leg.stop.addresses
    start = Walk(
        clients=leg.clients,
        wire=leg.wire,
        targets=destinations,
        subnet=leg.subnet,
        network=leg.network,
        is_return=True,
        ignores_user_routes=leg.ignores_user_routes,
    )
    stop = leg.stop
    key = (start, stop.kind, stop.network, stop.subnet, stop.device, stop.homes, service)
    walks = facts.once("way back", key, lambda: carry(facts, start, leg.stop, service))
    by_way: dict[tuple[int, ...], Shares] = {}
    for walk in walks:
        by_way.setdefault(walk.choices, []).append((walk.clients, _told(walk, leg)))
    ways = [shares if is_client else _joined(shares) for shares in by_way.values()]
    return folded_over_targets(ways)


def _joined(shares: Shares) -> Shares:
    """One answer where the share is the same clients by several addresses of a device."""
    steps = once(tuple(step for _, found in shares for step in found))
    return [(shares[0][0], steps)]


def _told(walk: Walk, leg: _Leg) -> tuple[Step, ...]:
    steps = tuple(s for s in walk.steps if s.verdict is not Verdict.ALLOWED)
    if walk.end is not End.ARRIVED or not leg.is_settled:
        return steps or walk.steps[-1:]
    compared = _compared(leg.expected, walk)
    return (*steps, compared) if compared else (steps or walk.steps[-1:])


def _compared(there: tuple[Device, ...], walk: Walk) -> Step | None:
    """What it means where the two directions pass different devices; None where they agree."""
    back = walk.devices
    if [d.id for d in there] == [d.id for d in back]:
        return None
    missed = [d for d in there if d.id not in {b.id for b in back}]
    added = [d for d in back if d.id not in {t.id for t in there}]
    firewalls = [d for d in (*missed, *added) if d.kind is DeviceKind.FIREWALL]
    device = (firewalls or missed or added or list(back))[0]
    name = f"{device.kind.value} {device.name}"
    way = "only the way there passes" if device in missed else "only the answers pass"
    text = f"The two directions differ: {way} {name}"
    chosen = next((step.decided_by for step in walk.steps if step.decided_by), None)
    if firewalls:
        why = f"{text}, which keeps state and drops the rest."
        return blocked(STAGE, "ASYMMETRIC_PATH", why, chosen)
    why = f"{text}; whether it tolerates that is not in the data."
    return unknown(STAGE, "ONE_WAY_STEERING", why, chosen, assume("ONE_WAY_STEERING", why))


def _endpoint_behind(walk: Walk) -> Step:
    device = walk.devices[-1]
    text = (
        f"Answers of a private endpoint do not follow its subnet's routes; without SNAT at"
        f" {device.kind.value} {device.name} they may pass it by."
    )
    note = assume("APPLIANCE_SNAT", text)
    return unknown(STAGE, "ENDPOINT_BEHIND_APPLIANCE", text, device.seen, note)
