"""Whether the answers of many ends come back, by the same appliances as the packets went."""

from collections.abc import Iterable, Mapping

from pgtopo.analysis.many.back import Back
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.fan import Devices
from pgtopo.analysis.many.outs import FINE, Out, soft
from pgtopo.analysis.many.there import There
from pgtopo.analysis.routes.next_hops import DeviceKind

_BEHIND = Out(1, "ENDPOINT_BEHIND_APPLIANCE")

Outs = tuple[tuple[Out, Mask], ...]


def answered(there: There, back: Back, endpoints: Mask, devices: Devices) -> tuple[Outs, Mask]:
    """What stands in the way of answers, by end, and the ends that have to be looked at alone."""
    behind = there.passed & endpoints
    told = ~(behind | back.odd)
    uneven = _uneven(there, back, devices)
    heavy: list[tuple[Out, Mask]] = []
    covered = 0
    for out, mask in uneven.items():
        as_bad = _union(held for base, held in back.outs if base.level >= out.level)
        heavy.append((out, mask & told & ~as_bad))
        covered |= mask & ~as_bad
    said: dict[Out, Mask] = {}
    for out, mask in (*heavy, *((base, held & told & ~covered) for base, held in back.outs)):
        _add(said, out, mask & ~there.blind)
        _add(said, soft(out), mask & there.blind)
    _add(said, _BEHIND, behind)
    return tuple(said.items()), back.odd & ~behind


def _union(masks: Iterable[Mask]) -> Mask:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _add(said: dict[Out, Mask], out: Out, mask: Mask) -> None:
    if mask:
        said[out] = said.get(out, 0) | mask


def _uneven(there: There, back: Back, devices: Devices) -> Mapping[Out, Mask]:
    """Ends whose packets and answers pass different appliances, by what that means."""
    found: dict[Out, Mask] = {}
    for mine, mask in there.arrived:
        left = mask & back.arrived
        for theirs, held in back.devices:
            if not left:
                break
            if both := held & left:
                left ^= both
                out = _compared(mine, theirs, devices)
                if out.level:
                    found[out] = found.get(out, 0) | both
    return found


def _compared(there: tuple[int, ...], back: tuple[int, ...], devices: Devices) -> Out:
    """What it means where the two directions pass different appliances."""
    mine, theirs = [devices[n].id for n in there], [devices[n].id for n in reversed(back)]
    if mine == theirs:
        return FINE
    differing = [n for n in there if devices[n].id not in theirs]
    differing += [n for n in back if devices[n].id not in mine]
    if any(devices[n].kind is DeviceKind.FIREWALL for n in differing):
        return Out(2, "ASYMMETRIC_PATH")
    return Out(1, "ONE_WAY_STEERING")
