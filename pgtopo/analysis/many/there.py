"""The ways from one subnet's routes to many ends, summed up by what each stage needs."""

from typing import NamedTuple

from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.fan import Fans
from pgtopo.analysis.many.outs import Out
from pgtopo.model.ids import ArmId

Devices = tuple[int, ...]


class Refusing(NamedTuple):
    """Ends behind a peering half that does not accept forwarded traffic."""

    half: ArmId
    device: int
    """The appliance that forwards."""
    peering: Out
    mask: Mask


class There(NamedTuple):
    """What is known of the ways from one subnet's routes to all ends."""

    odd: Mask
    blind: Mask
    """Behind an appliance that may translate."""
    forward: tuple[tuple[Out, Mask], ...]
    peering: tuple[tuple[Out, Mask], ...]
    refusing: tuple[Refusing, ...]
    transit: tuple[tuple[Devices, tuple[tuple[Out, Mask], ...]], ...]
    """By the appliances on the way, what the last of them leads to."""
    passing: tuple[tuple[Devices, Mask], ...]
    """Ends by the appliances on the first stretch of the way, short stretches first."""
    passed: Mask
    """Behind any appliance."""
    arrived: tuple[tuple[Devices, Mask], ...]
    """Ends that are reached, by the appliances on the way."""


def there_of(fans: Fans) -> There:
    """Fans summed up."""
    odd = blind = passed = 0
    forward: dict[Out, Mask] = {}
    peering: dict[Out, Mask] = {}
    refusing: list[Refusing] = []
    transit: dict[Devices, dict[Out, Mask]] = {}
    arrived: dict[Devices, Mask] = {}
    for mask, fan in fans:
        if fan.is_odd:
            odd |= mask
            continue
        blind |= mask if fan.is_blind else 0
        passed |= mask if fan.devices else 0
        forward[fan.forward] = forward.get(fan.forward, 0) | mask
        if fan.refuses is not None and fan.devices:
            refusing.append(Refusing(fan.refuses, fan.devices[-1], fan.peering, mask))
        else:
            peering[fan.peering] = peering.get(fan.peering, 0) | mask
        held = transit.setdefault(fan.devices, {})
        held[fan.transit] = held.get(fan.transit, 0) | mask
        if fan.has_arrived:
            arrived[fan.devices] = arrived.get(fan.devices, 0) | mask
    return There(
        odd,
        blind,
        _grave(forward),
        _grave(peering),
        tuple(refusing),
        tuple((devices, _grave(outs)) for devices, outs in transit.items()),
        _passing(transit),
        passed,
        tuple(arrived.items()),
    )


def _passing(transit: dict[Devices, dict[Out, Mask]]) -> tuple[tuple[Devices, Mask], ...]:
    found: dict[Devices, Mask] = {}
    for devices, outs in transit.items():
        mask = 0
        for held in outs.values():
            mask |= held
        for length in range(1, len(devices) + 1):
            stretch = devices[:length]
            found[stretch] = found.get(stretch, 0) | mask
    return tuple(sorted(found.items(), key=lambda item: len(item[0])))


def _grave(outs: dict[Out, Mask]) -> tuple[tuple[Out, Mask], ...]:
    return tuple((out, mask) for out, mask in outs.items() if out.level)
