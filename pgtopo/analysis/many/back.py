"""The ways that answers take, from many ends back to one block of askers."""

from collections.abc import Callable
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.devices import REFUSED
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.fan import Fan, Fans
from pgtopo.analysis.many.fans import Fanner
from pgtopo.analysis.many.outs import Out, heavier
from pgtopo.analysis.many.places import Places
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet

_REFUSED = Out(2, REFUSED)

Foreign = Callable[[Fan], Mask]
"""The ends whose answers the half that a way names does not accept."""


class Back(NamedTuple):
    """What is known of the ways from all ends to one block of askers."""

    odd: Mask
    outs: tuple[tuple[Out, Mask], ...]
    """What stands in the way of answers."""
    arrived: Mask
    devices: tuple[tuple[tuple[int, ...], Mask], ...]
    """Ends whose answers arrive, by the appliances they pass."""


_Pattern = tuple[int, frozenset[tuple[int, Mask]]]
"""The way to most blocks, and all ways by number with the blocks they lead to."""

_Parts = dict[int, Mask]
"""Ends by the number of the way their answers take."""


class WaysBack:
    """The ways from every end to every block."""

    def __init__(
        self, facts: Facts, ends: Ends, blocks: Places, fanner: Fanner, foreign: Foreign
    ) -> None:
        count = len(blocks.items)
        self._facts = facts
        self._ends = ends
        self._blocks = blocks
        self._fanner = fanner
        self._foreign = foreign
        self._numbers: dict[Fan, int] = {}
        self._ways: list[Fan] = []
        self._known: dict[frozenset[tuple[int, Mask]], Back] = {}
        self._usual: _Parts = {}
        """The ways to most blocks."""
        self._unusual: list[_Parts] = [{} for _ in range(count)]
        patterns: dict[_Pattern, Mask] = {}
        for mask, is_endpoint in self._groups().values():
            pattern = self._outside(mask, self._fans(mask, is_endpoint=is_endpoint))
            patterns[pattern] = patterns.get(pattern, 0) | mask
        for pattern, mask in patterns.items():
            self._spread(mask, pattern)
        self._backs: list[Back | None] = [None] * count

    def _groups(self) -> dict[tuple[ArmId, ArmId | None, bool], tuple[Mask, bool]]:
        """Ends by the routes their answers take."""
        groups: dict[tuple[ArmId, ArmId | None, bool], tuple[Mask, bool]] = {}
        for position in positions(self._ends.everyone & ~self._ends.odd):
            place = self._ends.places.items[position]
            is_endpoint = bool(self._ends.endpoints >> position & 1)
            subnet = self._facts.topology.get(Subnet, place.subnet)
            table = subnet.route_table if subnet and not is_endpoint else None
            key = (place.network, table, is_endpoint)
            groups[key] = (groups.get(key, (0, False))[0] | 1 << position, is_endpoint)
        return groups

    def _fans(self, mask: Mask, *, is_endpoint: bool) -> Fans:
        place = self._ends.places.first(mask)
        if is_endpoint:
            return self._fanner.from_endpoint(place.subnet, place.network, place.addresses)
        gate = Gate(subnet=place.subnet, network=place.network)
        return self._fanner.from_subnet(gate, place.addresses)

    def _outside(self, ends: Mask, fans: Fans) -> _Pattern:
        """The ways to other networks' blocks; those to the ends' own network are noted at once."""
        own = self._blocks.of_network.get(self._ends.places.first(ends).network, 0)
        found: dict[int, Mask] = {}
        for blocks, fan in fans or [(self._blocks.everyone, Fan(is_odd=True))]:
            way = self._number(fan)
            self._note(way, blocks & own, ends)
            found[way] = found.get(way, 0) | blocks & ~own
        usual = max(found, key=lambda way: (found[way].bit_count(), way))
        # What was noted comes first, so this changes nothing but makes equal patterns equal.
        found[usual] |= own
        return usual, frozenset((way, held) for way, held in found.items() if held)

    def _note(self, way: int, blocks: Mask, ends: Mask) -> None:
        for block in positions(blocks):
            parts = self._unusual[block]
            parts[way] = parts.get(way, 0) | ends

    def _spread(self, ends: Mask, pattern: _Pattern) -> None:
        """Most blocks share one way; only the others are noted one by one."""
        usual, ways = pattern
        self._usual[usual] = self._usual.get(usual, 0) | ends
        for way, blocks in ways:
            if way != usual:
                self._note(way, blocks, ends)

    def _number(self, fan: Fan) -> int:
        number = self._numbers.setdefault(fan, len(self._ways))
        if number == len(self._ways):
            self._ways.append(fan)
        return number

    def to(self, block: int) -> Back:
        """The ways to one block; the same object where they are the same."""
        known = self._backs[block]
        if known is None:
            known = self._backs[block] = self._of(block)
        return known

    def _of(self, block: int) -> Back:
        parts = dict(self._unusual[block])
        taken = 0
        for mask in parts.values():
            taken |= mask
        for way, mask in self._usual.items():
            if left := mask & ~taken:
                parts[way] = parts.get(way, 0) | left
        key = frozenset(parts.items())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._summed(parts)
        return known

    def _summed(self, parts: _Parts) -> Back:
        odd = arrived = 0
        outs: dict[Out, Mask] = {}
        devices: dict[tuple[int, ...], Mask] = {}
        for way, mask in parts.items():
            fan = self._ways[way]
            if fan.is_odd:
                odd |= mask
                continue
            if fan.has_arrived:
                arrived |= mask
                devices[fan.devices] = devices.get(fan.devices, 0) | mask
            refused = mask & self._foreign(fan) if fan.refuses else 0
            for out, held in (
                (heavier(fan.back, _REFUSED), refused),
                (fan.back, mask & ~refused),
            ):
                if out.level and held:
                    outs[out] = outs.get(out, 0) | held
        return Back(odd, tuple(outs.items()), arrived, tuple(devices.items()))

    def classes(self) -> int:
        """How many different sets of ways there are."""
        return len(self._known)
