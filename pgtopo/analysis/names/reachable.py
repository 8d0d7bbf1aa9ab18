"""Which of their DNS servers client subnets reach, for all subnets at once."""

from collections.abc import Sequence
from typing import NamedTuple

from pgtopo.analysis.clients.parts import subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.askers import Asker, askers_of
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.ledger import Ledger, verdict_in
from pgtopo.analysis.many.network import Network
from pgtopo.analysis.names.askers import asked_servers
from pgtopo.analysis.names.owners import Owner, OwnerKind, owner_of
from pgtopo.analysis.names.platform import platform_way
from pgtopo.analysis.verdict import Verdict
from pgtopo.analysis.way.packets import host_at
from pgtopo.analysis.way.walk_state import Target
from pgtopo.model.ids import ArmId
from pgtopo.model.net import parse_address
from pgtopo.model.network import Subnet, VirtualNetwork


class Answering(NamedTuple):
    """Which DNS servers a subnet asks, and whether it reaches them: what decides who answers."""

    servers: tuple[tuple[str, Owner], ...]
    verdicts: tuple[Verdict, ...]


_SERVICE = ("udp", 53)
_PLATFORM = -1


class _Asked(NamedTuple):
    """The DNS servers of a network, as far as paths to them can be judged together."""

    servers: tuple[tuple[str, Owner], ...]
    ends: tuple[int, ...]
    """The numbers of the servers; Azure DNS itself has none."""
    mask: Mask
    is_closed: bool
    """Some server has to be asked for subnet by subnet."""


class DnsReach:
    """Verdicts of the ways from client subnets to the DNS servers their networks name."""

    def __init__(self, facts: Facts, subnets: Sequence[Subnet]) -> None:
        self._facts = facts
        self._subnets = tuple(subnets)
        self._askers = askers_of(facts, self._subnets)
        self._places = {subnet.id: index for index, subnet in enumerate(subnets)}
        self._numbers: dict[tuple[int, ArmId], int] = {}
        self._targets: list[Target] = []
        self._asked: dict[ArmId, _Asked] = {}
        for asker in self._askers:
            if asker.network not in self._asked:
                self._asked[asker.network] = self._look(asker)
        self._paths: dict[Mask, tuple[Ends, Network]] = {}
        """By the DNS servers that are asked."""

    def _look(self, asker: Asker) -> _Asked:
        asked = asked_servers(self._facts, subnet_part(self._subnets[asker.index]))
        texts = [text.strip() for text in asked.servers]
        servers = tuple((text, owner_of(self._facts, text, asker.network)) for text in texts)
        ends = [self._end(text, owner) for text, owner in servers]
        known = [number for number in ends if number is not None]
        mask = sum(1 << number for number in set(known) if number != _PLATFORM)
        return _Asked(servers, tuple(known), mask, is_closed=len(known) < len(ends))

    def _end(self, text: str, owner: Owner) -> int | None:
        """The number of a DNS server; None where nothing in the data has its address."""
        if owner.kind is OwnerKind.AZURE:
            return _PLATFORM
        address = parse_address(text)
        if address is None or owner.kind is OwnerKind.UNKNOWN or owner.subnet is None:
            return None
        number = self._numbers.setdefault((address, owner.subnet), len(self._targets))
        if number == len(self._targets):
            self._targets.append(host_at(self._facts, address, owner.subnet))
        return number

    def answering(self, subnet: ArmId) -> Answering | None:
        """What decides who answers for a whole subnet; None where it needs a closer look."""
        place = self._places.get(subnet)
        if place is None:
            return None
        asker = self._askers[place]
        asked = self._asked[asker.network]
        if asked.is_closed or not self._is_usual(asker):
            return None
        verdicts = self._verdicts(asker, asked)
        return Answering(asked.servers, verdicts) if verdicts is not None else None

    def _verdicts(self, asker: Asker, asked: _Asked) -> tuple[Verdict, ...] | None:
        if not asked.mask:
            return tuple(self._platform(asker) for _ in asked.ends)
        ends, paths = self._known(asked.mask)
        ledger = Ledger(ends.odd & asked.mask)
        paths.tell(asker, ledger, asked.mask)
        if ledger.left_over & asked.mask:
            return None
        totals = ledger.totals(asked.mask)
        return tuple(
            self._platform(asker)
            if number == _PLATFORM
            else verdict_in(1 << number, totals.blocked, totals.unknown)
            for number in asked.ends
        )

    def _is_usual(self, asker: Asker) -> bool:
        if self._facts.settings.assumptions:
            return False  # what is assumed about a way may then decide, and is not looked at here
        network = self._facts.topology.get(VirtualNetwork, asker.network)
        return bool(asker.space) and network is not None and asker.space <= network.space

    def _platform(self, asker: Asker) -> Verdict:
        return platform_way(self._facts, subnet_part(self._subnets[asker.index])).verdict

    def _known(self, mask: Mask) -> tuple[Ends, Network]:
        """The paths of all who ask the same DNS servers."""
        known = self._paths.get(mask)
        if known is None:
            ends = Ends(self._facts, self._targets, mask)
            paths = Network(self._facts, ends, _SERVICE)
            paths.admit(one for one in self._askers if self._asked[one.network].mask == mask)
            known = self._paths[mask] = ends, paths
        return known
