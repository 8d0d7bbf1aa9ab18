"""What the way from one sender to some destinations is like, stage by stage."""

from typing import NamedTuple

from pgtopo.analysis.matrix.places import FINE, Mask, Out, heavier
from pgtopo.analysis.routes.next_hops import Device
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.model.ids import ArmId

LEVELS = {Verdict.ALLOWED: 0, Verdict.UNKNOWN: 1, Verdict.BLOCKED: 2}


class Fan(NamedTuple):
    """What the way to some destinations is like."""

    forward: Out = FINE
    peering: Out = FINE
    transit: Out = FINE
    back: Out = FINE
    """All of it, where the way is the way back."""
    devices: tuple[Device, ...] = ()
    """The appliances that are passed, in order."""
    has_arrived: bool = False
    is_blind: bool = False
    refuses: ArmId | None = None
    """The peering half that does not accept forwarded traffic; whether it matters is open."""
    is_odd: bool = False


ODD = Fan(is_odd=True)
Fans = list[tuple[Mask, Fan]]


def out_of(steps: tuple[Step, ...], stage: Stage | None = None) -> Out:
    """What the steps of a stage come to: the first of the worst."""
    found = FINE
    for one in steps:
        if stage is None or one.stage is stage:
            found = heavier(found, Out(LEVELS[one.verdict], one.code))
    return found


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
