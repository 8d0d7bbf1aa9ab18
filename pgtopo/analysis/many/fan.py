"""What the way from one sender to some destinations is like, stage by stage."""

from typing import NamedTuple

from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.outs import FINE, Out, heavier
from pgtopo.analysis.routes.next_hops import Device
from pgtopo.model.ids import ArmId


class Fan(NamedTuple):
    """What the way to some destinations is like."""

    forward: Out = FINE
    peering: Out = FINE
    transit: Out = FINE
    back: Out = FINE
    """All of it, where the way is the way back."""
    devices: tuple[int, ...] = ()
    """The appliances that are passed, in order, by their numbers in `Devices`."""
    has_arrived: bool = False
    is_blind: bool = False
    refuses: ArmId | None = None
    """The peering half that does not accept forwarded traffic; whether it matters is open."""
    is_odd: bool = False


ODD = Fan(is_odd=True)
Fans = list[tuple[Mask, Fan]]


class Devices:
    """Appliances by number: one number however an appliance is reached."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[ArmId | None, ArmId | None, int], int] = {}
        self._held: list[Device] = []

    def number(self, device: Device) -> int:
        """The number of an appliance."""
        key = (device.id, device.network, device.address)
        known = self._numbers.setdefault(key, len(self._held))
        if known == len(self._held):
            self._held.append(device)
        return known

    def __getitem__(self, number: int) -> Device:
        return self._held[number]


def merged(fans: Fans) -> Fans:
    """Fans with equal answers put together."""
    found: dict[Fan, Mask] = {}
    for mask, fan in fans:
        found[fan] = found.get(fan, 0) | mask
    return [(mask, fan) for fan, mask in found.items()]


def blinded(fan: Fan) -> Fan:
    """The fan behind an appliance that may translate: flags about sources are open."""
    if fan.refuses is None:
        return fan._replace(is_blind=True)
    refused = Out(1, "FORWARDED_TRAFFIC_REFUSED")
    return fan._replace(is_blind=True, refuses=None, peering=heavier(fan.peering, refused))
