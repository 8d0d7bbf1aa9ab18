"""What clients' own filters say to many destinations at once.

Where every rule takes a whole subnet or nothing of it, the rules are tried over sets of
destinations; anything else is asked of the filters themselves, address by address.
"""

from collections.abc import Hashable
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.boxes import EPHEMERAL
from pgtopo.analysis.filters.in_order import Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.service_rules import service_rules
from pgtopo.analysis.filters.sides import AddressSide, Pattern, Symbol, match
from pgtopo.analysis.filters.sides import Place as FilterPlace
from pgtopo.analysis.filters.virtual_network_tag import NetworkTag, network_tag
from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.ends import ANYONE, uses_groups
from pgtopo.analysis.many.heard import SILENCE, Heard
from pgtopo.analysis.many.outs import Out, out_of
from pgtopo.analysis.many.places import Places
from pgtopo.analysis.many.sieve import Reach, Verse, sift
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.crossing import Service
from pgtopo.model.ids import ArmId
from pgtopo.model.net import PRIVATE_V4, Span, SpanSet

_STAGE = Stage.CLIENT_FILTER
_DEFAULT = "NSG_DEFAULT_DENY"
_NETWORK = Pattern(tags=("virtualnetwork",))
_INTERNET = Pattern(tags=("internet",))
_MAYBE = Symbol("TAG_WITH_DEFAULT_ROUTE")
_NOWHERE = Reach(0, 0)


Plain = tuple[CompiledRule, ...]
"""A group's rules about one service, none of which needs more than addresses."""


class Taken(NamedTuple):
    """The rules that take a subnet's packets."""

    place: FilterPlace
    rules: list[tuple[CompiledRule, bool | None]]
    """None for a rule that takes some of them, or may."""


class PlainRules:
    """The outbound rules of groups that bear on one service, where they are plain."""

    def __init__(self, facts: Facts, service: Service) -> None:
        self._facts = facts
        self._protocol, self._port = service
        self._known: dict[ArmId, Plain | None] = {}
        self._last: tuple[Asker | None, Taken | None] = (None, None)

    def taken(self, asker: Asker) -> Taken | None:
        """A subnet's rules with whether each takes it; None where they need a closer look.

        What is asked about one subnet is asked several times in a row.
        """
        last, known = self._last
        if last is not asker:
            known = self._take(asker)
            self._last = (asker, known)
        return known

    def _take(self, asker: Asker) -> Taken | None:
        plain = self.of(asker.nsg) if asker.nsg is not None else None
        if plain is None:
            return None
        tag = network_tag(self._facts, asker.subnet)
        place = FilterPlace(network=asker.network, tag=tag)
        space = asker.space
        said = [(rule, takes(self._facts, rule.source, space, place)) for rule in plain]
        return Taken(place, [(rule, does) for rule, does in said if does is not False])

    def of(self, nsg: ArmId) -> Plain | None:
        """A group's rules in order; None where they need a closer look, or were not read."""
        if nsg not in self._known:
            self._known[nsg] = self._look(nsg)
        return self._known[nsg]

    def _look(self, nsg: ArmId) -> Plain | None:
        rules = service_rules(
            self._facts, nsg, Direction.OUTBOUND.value, self._protocol, self._port
        )
        if rules is None or not all(map(_is_plain, rules)):
            return None
        return None if any(map(_ties, rules, rules[1:])) else rules


def plain_rules(facts: Facts, service: Service) -> PlainRules:
    """The plain rules about one service, shared by all who ask."""
    return facts.once("plain rules", service, lambda: PlainRules(facts, service))


def _is_plain(rule: CompiledRule) -> bool:
    has_groups = rule.source.asgs or rule.destination.asgs
    return not rule.is_unreadable and not has_groups and rule.source_ports == EPHEMERAL


def _ties(one: CompiledRule, other: CompiledRule) -> bool:
    return one.priority == other.priority and one.access != other.access


def takes(facts: Facts, pattern: Pattern, space: SpanSet, place: FilterPlace) -> bool | None:
    """Whether a rule's source takes all of a subnet, or nothing of it; None where neither."""
    if pattern.is_any:
        return True
    if not pattern.tags and not pattern.asgs and not pattern.network_groups:
        held = pattern.spans & space
        return (held == space or None) if held else False
    if pattern == _NETWORK and not place.excluded and space <= place.tag.ranges:
        return True
    found = match(facts, pattern, AddressSide(addresses=space, network=place.network), place)
    if found.certain == space:
        return True
    return None if found.certain or found.open else False


class Outbound:
    """What client subnets' own filters say, by destination."""

    def __init__(self, facts: Facts, places: Places, service: Service) -> None:
        self._facts = facts
        self._places = places
        self._service = service
        self._rules = plain_rules(facts, service)
        self._reaches: dict[tuple[int, int], tuple[Pattern, NetworkTag, Reach]] = {}
        """By identity of pattern and tag, which are kept beside the answer for that."""
        self._networks: dict[int, tuple[NetworkTag, Reach]] = {}
        """What the VirtualNetwork tag covers, likewise."""
        self._same: dict[Reach, Reach] = {}
        self._known: dict[Hashable, tuple[list[Verse], Heard | None]] = {}
        """By identity of what rules cover, which is kept beside the answer for that."""
        self._everywhere = Reach(places.everyone, 0)
        self._is_private = all(
            places.items[one].addresses <= PRIVATE_V4 for one in positions(places.everyone)
        )

    def heard(self, asker: Asker, ends: Mask) -> Heard:
        """What a client's own filters say."""
        has_admin = self._facts.topology.admin_rules_of(asker.network) is not None
        if asker.nsg is None and not has_admin:
            return SILENCE
        found = None if has_admin else self._plainly(asker, ends)
        return self._closely(asker) if found is None else found

    def _plainly(self, asker: Asker, ends: Mask) -> Heard | None:
        taken = self._rules.taken(asker)
        if taken is None:
            return None
        verses: list[Verse] = []
        for rule, does in taken.rules:
            if does is None:
                return None
            code = _DEFAULT if rule.is_default else "NSG_DENY"
            reach = self._reach(rule.destination, taken.place)
            verses.append(Verse(rule.access == "allow", code, reach))
        return self._sifted(verses, ends)

    def _sifted(self, verses: list[Verse], ends: Mask) -> Heard | None:
        """What the rules a subnet goes by say, worked out once for equal ones."""
        key = (ends, *((one.allows, one.code, id(one.reach)) for one in verses))
        if key not in self._known:
            found = sift(verses, ends, _DEFAULT)
            heard = found and Heard(found.cut, ((_STAGE, tuple(found.outs.items()), ends),))
            self._known[key] = (verses, heard)
        return self._known[key][1]

    def _reach(self, pattern: Pattern, place: FilterPlace) -> Reach:
        """The destinations a rule speaks of, as seen from a place; the same object every time."""
        if pattern.is_any:
            return self._everywhere
        if pattern == _NETWORK and not place.tag.uncertain and not place.tag.unconnected:
            return self._network(place.tag)
        if pattern == _INTERNET and self._is_private:
            return _NOWHERE
        key = (id(pattern), id(place.tag) if pattern.tags else 0)
        known = self._reaches.get(key)
        if known is None:
            reach = self._shared(self._look(pattern, place))
            known = self._reaches[key] = (pattern, place.tag, reach)
        return known[2]

    def _shared(self, reach: Reach) -> Reach:
        """The same object for all rules and networks that come to the same destinations."""
        return self._same.setdefault(reach, reach)

    def _network(self, tag: NetworkTag) -> Reach:
        """The destinations in the VirtualNetwork tag, and those a default route may add to it."""
        known = self._networks.get(id(tag))
        if known is None:
            certain = self._places.within(tag.ranges)
            cut = self._places.cut_by(edge for span in tag.ranges for edge in _edges(span))
            maybe = ((_MAYBE, rest),) if (rest := self._places.everyone & ~certain) else ()
            maybe = maybe if tag.default_route is not None else ()
            reach = self._shared(Reach(certain, cut, maybe))
            known = self._networks[id(tag)] = (tag, reach)
        return known[1]

    def _look(self, pattern: Pattern, place: FilterPlace) -> Reach:
        found = match(self._facts, pattern, ANYONE, place)
        parts = [found.certain, *(part for _, part in found.open)]
        bounds = [edge for part in parts for span in part for edge in _edges(span)]
        return Reach(
            self._places.within(found.certain),
            self._places.cut_by(bounds),
            tuple(
                (symbol, mask) for symbol, part in found.open if (mask := self._places.within(part))
            ),
        )

    def _closely(self, asker: Asker) -> Heard:
        """The same by the filters themselves, for all destinations there are."""
        passage = Passage(
            source=AddressSide(addresses=asker.space, network=asker.network),
            destination=ANYONE,
            port=self._service[1],
            protocol=self._service[0],
            varies="destination",
        )
        shares = gate_steps(self._facts, asker.gate, Direction.OUTBOUND, passage, _STAGE)
        places = self._places
        left_over = places.cut_by(low for share, _ in shares for low, _ in share)
        if uses_groups(self._facts, asker.gate, Direction.OUTBOUND):
            left_over |= places.of_network.get(asker.network, 0)
        items: list[tuple[Out, Mask]] = []
        for share, steps in shares:
            out = out_of(steps)
            if not out.level:
                continue
            mask = places.within(share)
            if any(one.code == "SUBNET_ADDRESS_CHOICE" for one in steps):
                left_over |= mask
            items.append((out, mask))
        return Heard(left_over, ((_STAGE, tuple(items), places.everyone),))


def _edges(span: Span) -> tuple[int, int]:
    return span.low, span.high + 1
