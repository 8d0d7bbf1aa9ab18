"""Which of their DNS servers client subnets reach, for all subnets at once."""

from collections.abc import Sequence
from typing import NamedTuple

from pgtopo.analysis.clients.parts import subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.askers import Asker, asker_of
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.ledger import Ledger, verdict_in
from pgtopo.analysis.many.network import Network
from pgtopo.analysis.names.askers import asked_servers
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.names.platform import platform_way
from pgtopo.analysis.verdict import Verdict
from pgtopo.analysis.way.packets import host_at
from pgtopo.analysis.way.walk_state import Target
from pgtopo.model.ids import ArmId
from pgtopo.model.net import parse_address
from pgtopo.model.network import Subnet, VirtualNetwork

Verdicts = tuple[Verdict, ...]
"""One for each DNS server that is asked, in their order."""

_SERVICE = ("udp", 53)
_PLATFORM = -1


class _Asked(NamedTuple):
    """The DNS servers of a network, as far as paths to them can be judged together."""

    ends: tuple[int, ...]
    """Numbers of ends; Azure DNS itself has none."""
    mask: Mask
    is_closed: bool
    """Some server has to be asked for subnet by subnet."""


class DnsReach:
    """Verdicts of the ways from client subnets to the DNS servers their networks name."""

    def __init__(self, facts: Facts, subnets: Sequence[Subnet]) -> None:
        self._facts = facts
        self._subnets = tuple(subnets)
        self._askers = [asker_of(index, subnet) for index, subnet in enumerate(subnets)]
        self._places = {subnet.id: index for index, subnet in enumerate(subnets)}
        self._numbers: dict[tuple[int, ArmId], int] = {}
        self._targets: list[Target] = []
        self._asked: dict[ArmId, _Asked] = {}
        for asker in self._askers:
            if asker.network not in self._asked:
                self._asked[asker.network] = self._look(asker)
        self._paths: tuple[Ends, Network] | None = None

    def _look(self, asker: Asker) -> _Asked:
        asked = asked_servers(self._facts, subnet_part(self._subnets[asker.index]))
        ends: list[int] = []
        for text in asked.servers:
            number = self._end(text.strip(), asker.network)
            if number is None:
                return _Asked((), 0, is_closed=True)
            ends.append(number)
        mask = sum(1 << number for number in set(ends) if number != _PLATFORM)
        return _Asked(tuple(ends), mask, is_closed=False)

    def _end(self, text: str, network: ArmId) -> int | None:
        """The number of a DNS server; None where nothing in the data has its address."""
        owner = owner_of(self._facts, text, network)
        if owner.kind is OwnerKind.AZURE:
            return _PLATFORM
        address = parse_address(text)
        if address is None or owner.kind is OwnerKind.UNKNOWN or owner.subnet is None:
            return None
        number = self._numbers.setdefault((address, owner.subnet), len(self._targets))
        if number == len(self._targets):
            self._targets.append(host_at(self._facts, address, owner.subnet))
        return number

    def verdicts(self, subnet: ArmId) -> Verdicts | None:
        """Whether a whole subnet reaches each DNS server; None where it needs a closer look."""
        place = self._places.get(subnet)
        if place is None:
            return None
        asker = self._askers[place]
        asked = self._asked[asker.network]
        if asked.is_closed or not self._is_usual(asker):
            return None
        if not asked.mask:
            return tuple(self._platform(asker) for _ in asked.ends)
        ends, paths = self._known()
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

    def _known(self) -> tuple[Ends, Network]:
        if self._paths is None:
            ends = Ends(self._facts, self._targets)
            self._paths = ends, Network(self._facts, self._askers, ends, _SERVICE)
        return self._paths
