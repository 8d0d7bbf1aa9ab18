"""Finds which earlier rules could cover a later one, without comparing every pair."""

from collections.abc import Iterator

from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.sides import Pattern

_Room = tuple[int, int]
"""Length and leading bits of a prefix; length 0 is everywhere."""

_LENGTHS = (24, 16, 8)
_EVERYWHERE = (0, 0)


class RuleIndex:
    """Rules by direction and by the narrowest rooms their two sides lie in.

    A rule that covers another contains both its sides, so its rooms are the other's or wider ones.
    """

    def __init__(self) -> None:
        self._rules: dict[tuple[str, _Room], dict[_Room, list[int]]] = {}
        """By direction and source, then by destination."""

    def add(self, number: int, rule: CompiledRule) -> None:
        """Remember a rule under its number."""
        held = self._rules.setdefault((rule.direction, _room(rule.source)), {})
        held.setdefault(_room(rule.destination), []).append(number)

    def around(self, rule: CompiledRule) -> Iterator[int]:
        """The numbers of all rules that could cover this one, each list in order."""
        destinations: list[_Room] = []
        for source in _wider(_room(rule.source)):
            held = self._rules.get((rule.direction, source))
            if held is None:
                continue
            destinations = destinations or list(_wider(_room(rule.destination)))
            for destination in destinations:
                yield from held.get(destination, ())


def _room(side: Pattern) -> _Room:
    if side.is_any or side.tags or side.asgs or not side.spans:
        return _EVERYWHERE
    first, last = side.spans.spans[0].low, side.spans.spans[-1].high
    for length in _LENGTHS:
        if first >> (32 - length) == last >> (32 - length):
            return length, first >> (32 - length)
    return _EVERYWHERE


def _wider(room: _Room) -> Iterator[_Room]:
    """The room and every one around it."""
    length, bits = room
    for wider in (*_LENGTHS, 0):
        if wider <= length:
            yield wider, bits >> (length - wider)
