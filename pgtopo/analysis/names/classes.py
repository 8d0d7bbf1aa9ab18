"""Answers for many askers at once: askers whose answers cannot differ share one row.

What Azure DNS of a network answers depends on the zones, rulesets and policies linked to it and on
nothing else, so networks that see the same things form one class, and a server whose name no linked
zone covers has the same answer in every class without rulesets. Zones of one domain that lack a
record for a name answer alike.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.clients.parts import client_subnets, subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import DnsAnswer
from pgtopo.analysis.names.dns import answer_for_all, resolve, resolved_by
from pgtopo.analysis.names.naming import Naming, naming_of
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.names.policy import policies_of
from pgtopo.analysis.names.reachable import Answering, DnsReach
from pgtopo.analysis.names.resolvers import Resolver, ResolverKind, resolver_for
from pgtopo.analysis.names.rulesets import rulesets_of
from pgtopo.analysis.names.zone_records import ZoneView, zone_view
from pgtopo.analysis.names.zones import LinkedZone, linked_zones
from pgtopo.analysis.seen import Absence, absence
from pgtopo.model.dns import ZoneLink
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer

Row = tuple[DnsAnswer, ...]
"""One answer per server, in the order of the servers."""

Seen = frozenset[tuple[ArmId, bool, bool]]
"""Linked zones as far as an answer can depend on them: zone, finished, falls back."""


class _Base(NamedTuple):
    """Everything an answer depends on beside linked zones."""

    kind: ResolverKind
    code: str
    rulesets: tuple[ArmId, ...] = ()
    own_rules: tuple[ArmId, ...] = ()
    """Rules that point at an inbound endpoint of the asking network itself."""
    policies: tuple[ArmId, ...] = ()
    absences: tuple[Absence, ...] = ()


def name_classes(facts: Facts) -> "NameClasses":
    """The classes of answers about all servers of an estate."""
    servers = facts.topology.all(FlexibleServer)
    return facts.once("name classes", 0, lambda: NameClasses(facts, servers))


class NameClasses:
    """The answers of every class of askers for a fixed list of servers.

    Texts and proofs in a row speak of the first asker of its class; verdicts, codes and addresses
    hold for all. `pgtopo.analysis.names.dns.resolve` gives the words for one asker.
    """

    def __init__(self, facts: Facts, servers: Sequence[FlexibleServer]) -> None:
        self._facts = facts
        self._servers = tuple(servers)
        self._namings = tuple(naming_of(facts, server) for server in servers)
        self._domains = tuple(_domains(naming) for naming in self._namings)
        self._by_domain = _by_domain(self._domains)
        self._bases: dict[_Base, int] = {}
        """By number, which is quicker to look for than all it stands for."""
        self._classes: dict[tuple[int, Seen], int] = {}
        self._rows: list[Row | None] = []
        """By class; made when asked for."""
        self._askers: list[tuple[int, ClientPart, Resolver]] = []
        """The first asker of every class."""
        self._defaults: dict[int, list[DnsAnswer | None]] = {}
        self._cells: dict[Hashable, tuple[DnsAnswer, str]] = {}
        """With the domain of the zone that answered, where it holds no record for the name."""
        self._views: dict[ArmId, ZoneView] = {}
        """By link."""
        self._reach = facts.once("dns reach", 0, lambda: DnsReach(facts, client_subnets(facts)))
        self._by_reach: dict[Answering, int] = {}

    def class_of_subnet(self, subnet: Subnet) -> int | None:
        """The class of a whole subnet; None where not all of it need be of one class."""
        key = self._reach.answering(subnet.id)
        if key is None:
            return None
        known = self._by_reach.get(key)
        if known is None:
            known = self._by_reach[key] = self.class_of(subnet_part(subnet))
        return known

    def class_of(self, part: ClientPart, client_dns: str = "") -> int:
        """The number of the class a part of a client belongs to."""
        resolver = resolver_for(self._facts, part, client_dns)
        base = self._base(resolver)
        key = (self._bases.setdefault(base, len(self._bases)), self._seen(resolver))
        known = self._classes.get(key)
        if known is None:
            known = self._classes[key] = len(self._rows)
            self._askers.append((key[0], part, resolver))
            self._rows.append(None)
        return known

    @property
    def width(self) -> int:
        """How many servers there are."""
        return len(self._servers)

    def row(self, class_number: int) -> Row:
        """The answers of a class, one per server."""
        known = self._rows[class_number]
        if known is None:
            known = self._rows[class_number] = self._row(*self._askers[class_number])
        return known

    def answer(self, class_number: int, server: int) -> DnsAnswer:
        """The answer of a class about one server, by the server's place in the list."""
        row = self._rows[class_number]
        if row is not None:
            return row[server]
        base, part, resolver = self._askers[class_number]
        zones = linked_zones(self._facts, resolver.network) if resolver.network else {}
        touched = [one for one in self._domains[server] if one in zones]
        if touched:
            return self._touching(base, part, resolver, server, touched)
        known = self._defaults_of(base)
        answer = known[server]
        if answer is None:
            answer = known[server] = self._answer(server, part, resolver)
        return answer

    def __len__(self) -> int:
        return len(self._rows)

    # -- what an answer depends on ---------------------------------------------------------------

    def _base(self, resolver: Resolver) -> _Base:
        network = resolver.network
        if resolver.kind not in (ResolverKind.AZURE, ResolverKind.FORWARDER) or network is None:
            return _Base(resolver.kind, resolver.code)
        return self._facts.once(
            "name class base",
            (resolver.kind, network),
            lambda: self._network_base(resolver, network),
        )

    def _network_base(self, resolver: Resolver, network: ArmId) -> _Base:
        facts = self._facts
        rulesets, policies = rulesets_of(facts, network), policies_of(facts, network)
        own = [rule.id for rule in rulesets.rules if _is_own(facts, network, rule.targets)]
        return _Base(
            resolver.kind,
            resolver.code,
            rulesets.rulesets,
            tuple(own),
            policies.policies,
            (
                rulesets.absence,
                policies.absence,
                absence(facts, ZoneLink.KIND, network),
            ),
        )

    def _seen(self, resolver: Resolver) -> Seen:
        if resolver.network is None:
            return frozenset()
        zones = linked_zones(self._facts, resolver.network)
        near = self._by_domain
        return frozenset(
            _word(one) for domain, held in zones.items() if domain in near for one in held
        )

    # -- rows --------------------------------------------------------------------------------------

    def _row(self, base: int, part: ClientPart, resolver: Resolver) -> Row:
        touched = self._touched(resolver)
        row = list(self._default(base, part, resolver, touched))
        for index, domains in touched.items():
            row[index] = self._touching(base, part, resolver, index, domains)
        return tuple(answer for answer in row if answer is not None)

    def _touching(
        self, base: int, part: ClientPart, resolver: Resolver, index: int, domains: list[str]
    ) -> DnsAnswer:
        """The answer about a server with a name that zones of some domains cover."""
        zones = linked_zones(self._facts, resolver.network) if resolver.network else {}
        near: list[Hashable] = []
        silent: dict[str, ArmId] = {}
        for domain in domains:
            held = zones[domain]
            if len(held) == 1 and index not in (view := self._view(held[0])).spoken_of:
                near.append(view.otherwise)
                silent[domain] = held[0].zone
            else:
                near += map(_word, held)
        key = (base, frozenset(near), index)
        known = self._cells.get(key)
        if known is None:
            answer = self._answer(index, part, resolver)
            by = next((domain for domain, zone in silent.items() if zone == answer.zone), "")
            known = self._cells[key] = answer, by
        answer, by = known
        if by and answer.zone != silent[by]:
            return msgspec.structs.replace(answer, zone=silent[by])
        return answer

    def _view(self, zone: LinkedZone) -> ZoneView:
        known = self._views.get(zone.link)
        if known is None:
            near = self._by_domain.get(zone.domain, ())
            named = ((index, self._namings[index]) for index in near)
            known = self._views[zone.link] = zone_view(self._facts, zone, named)
        return known

    def _touched(self, resolver: Resolver) -> dict[int, list[str]]:
        """Servers with a name that a linked zone covers, and the domains of those zones."""
        touched: dict[int, list[str]] = {}
        if resolver.network is not None:
            for domain in linked_zones(self._facts, resolver.network):
                for index in self._by_domain.get(domain, ()):
                    touched.setdefault(index, []).append(domain)
        return touched

    def _default(
        self, base: int, part: ClientPart, resolver: Resolver, touched: dict[int, list[str]]
    ) -> list[DnsAnswer | None]:
        """The answers where no linked zone covers a name; gaps are filled as they are needed."""
        known = self._defaults_of(base)
        for index, answer in enumerate(known):
            if answer is None and index not in touched:
                known[index] = self._answer(index, part, resolver)
        return known

    def _defaults_of(self, base: int) -> list[DnsAnswer | None]:
        known = self._defaults.get(base)
        if known is None:
            known = self._defaults[base] = [None] * len(self._servers)
        return known

    def _answer(self, index: int, part: ClientPart, resolver: Resolver) -> DnsAnswer:
        server = self._servers[index]
        settled = answer_for_all(self._facts, server)
        naming = self._namings[index]
        if settled is not None or naming is None:
            return settled or resolve(self._facts, part, server)
        return resolved_by(self._facts, resolver, naming)


def _word(zone: LinkedZone) -> tuple[ArmId, bool, bool]:
    return zone.zone, zone.is_usable, zone.falls_back


def _domains(naming: Naming | None) -> frozenset[str]:
    """Every domain that a zone could have to cover one of a server's names."""
    names = (naming.fqdn, naming.alias) if naming is not None else ()
    return frozenset(one for name in names if name for one in name.parents)


def _by_domain(domains: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """Servers by the domains of their names."""
    found: dict[str, list[int]] = {}
    for index, held in enumerate(domains):
        for domain in held:
            found.setdefault(domain, []).append(index)
    return found


def _is_own(facts: Facts, network: ArmId, targets: tuple[str, ...]) -> bool:
    for target in targets:
        owner = owner_of(facts, target, network)
        if owner.kind is OwnerKind.INBOUND and owner.network == network:
            return True
    return False
