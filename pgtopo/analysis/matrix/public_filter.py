"""What clients' own filters say to packets for the public addresses of servers."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.rule_patterns import CompiledRule
from pgtopo.analysis.filters.sides import Pattern, Symbol, TagSide, match
from pgtopo.analysis.filters.sides import Place as FilterPlace
from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.outbound import plain_rules
from pgtopo.analysis.many.outs import FINE, Out
from pgtopo.analysis.many.sieve import Reach, Verse, sift
from pgtopo.analysis.way.crossing import Service

_DEFAULT = "NSG_DEFAULT_DENY"
_NOWHERE = Reach(0, 0)
_THERE = Reach(1, 0)


class PublicFilter:
    """The outbound rules of client subnets against one public address of a kind."""

    def __init__(self, facts: Facts, service: Service) -> None:
        self._facts = facts
        self._rules = plain_rules(facts, service)
        self._known: dict[tuple[Verse, ...], Out | None] = {}
        self._reaches: dict[tuple[int, TagSide, bool], tuple[Pattern, Reach]] = {}
        """By identity of the pattern, which is kept beside the answer for that."""

    def of(self, asker: Asker, target: TagSide) -> Out | None:
        """What a subnet's filters say; None where they have to be asked address by address."""
        if self._facts.topology.admin_rules_of(asker.network) is not None:
            return None
        if asker.nsg is None:
            return FINE
        taken = self._rules.taken(asker)
        if taken is None:
            return None
        verses: list[Verse] = []
        for rule, does in taken.rules:
            reach = self._reach(rule, target, taken.place)
            if reach is _NOWHERE:
                continue
            if does is None:
                return None
            code = _DEFAULT if rule.is_default else "NSG_DENY"
            verses.append(Verse(rule.access == "allow", code, reach))
        return self._sifted(tuple(verses))

    def _sifted(self, verses: tuple[Verse, ...]) -> Out | None:
        if verses not in self._known:
            found = sift(verses, 1, _DEFAULT)
            self._known[verses] = None if found is None else next(iter(found.outs), FINE)
        return self._known[verses]

    def _reach(self, rule: CompiledRule, target: TagSide, place: FilterPlace) -> Reach:
        pattern = rule.destination
        key = (id(pattern), target, place.tag.default_route is not None)
        known = self._reaches.get(key)
        if known is None:
            reach = self._look(pattern, target, place)
            known = self._reaches[key] = (pattern, reach)
        return known[1]

    def _look(self, pattern: Pattern, target: TagSide, place: FilterPlace) -> Reach:
        found = match(self._facts, pattern, target, place)
        if found.certain:
            return _THERE
        symbols: tuple[Symbol, ...] = tuple(symbol for symbol, _ in found.open)
        return Reach(0, 0, tuple((one, 1) for one in symbols)) if symbols else _NOWHERE
