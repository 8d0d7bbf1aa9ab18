"""What all pairs of a large estate come to at a glance, so that few of them have to be traced.

Pairs that share names, routes and filters are judged together, stage by stage; a check then traces
only the pairs at which one of its stages says something it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.intent import Reason, meant_by
from pgtopo.checks.pairs import PORT, Pair, Pairs
from pgtopo.model.avnm import EffectiveAdminRules
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet
from pgtopo.model.server import Mode

if TYPE_CHECKING:
    from pgtopo.analysis.matrix.cells import Matrix
    from pgtopo.analysis.matrix.engine import Notes

GLANCE = "pair glance"
"""The question under which facts know what tells of pairs at a glance."""
_LARGE = 150
"""Subnets from which on it costs less to look at all pairs together than at each."""
_SINGLE = frozenset({Stage.STATE, Stage.DNS, Stage.FORWARD_ROUTE, Stage.SERVER_ACCESS})
"""Stages with one step at most that is not fine, so that the code told is the only one."""
_FILTERS = (Stage.CLIENT_FILTER, Stage.SERVER_FILTER)
"""Stages in which one group speaks, where there are no admin rules and no interfaces' groups."""
_PLAIN_TRANSIT = frozenset({"FIREWALL_UNSEEN", "FIREWALL_DENY"})
"""What firewalls say; anything else said in transit may hide more."""


Look: TypeAlias = "Callable[[Pair], Notes | None]"
"""What the stages of the path of a pair say; None where it has to be traced to tell."""


class Looks(Protocol):
    """What tells of pairs at a glance."""

    def look(self, subnet: ArmId | None) -> Look:
        """What tells of the pairs of one client subnet."""
        ...


Said: TypeAlias = "tuple[tuple[Pair, Notes | None], ...]"
"""The pairs at which something is said; with None those that have to be traced to tell."""


class Told(NamedTuple):
    """What is said of some pairs."""

    pairs: Pairs
    said: Said
    stages: frozenset[Stage] | None
    """The stages that say something; None where a trace may tell of any."""


class Glance:
    """The stages of every pair that is meant to talk, as far as they can be judged together."""

    def __init__(self, facts: Facts, found: Matrix) -> None:
        self._facts = facts
        self._matrix = found
        self._clients = {subnet.id: index for index, subnet in enumerate(found.clients)}
        self._servers = {server.id: index for index, server in enumerate(found.servers)}
        self._known: dict[ArmId, dict[ArmId, Notes | None]] = {}
        self._meant_by: dict[ArmId, dict[int, ArmId]] = {}
        """By network."""
        self._told: dict[int, Told] = {}
        """By identity of pairs, which are kept beside the answer for that."""
        self._is_ready = False

    def told(self, pairs: Pairs) -> Told:
        """What is said of some pairs, which many checks ask about in turn."""
        known = self._told.get(id(pairs))
        if known is None:
            said = tuple(_looked_at(self, pairs))
            stages = {stage for _, notes in said for stage, _ in notes or ()}
            has_untold = any(notes is None for _, notes in said)
            known = Told(pairs, said, None if has_untold else frozenset(stages))
            if all(pair.port == PORT for pair in pairs):  # others are made anew for each check
                self._told[id(pairs)] = known
        return known

    def from_client(self, subnet: ArmId | None) -> dict[ArmId, Notes | None]:
        """What the stages of the paths from a subnet say, by server; no declared client's."""
        if subnet not in self._clients:
            return {}
        known = self._known.get(subnet)
        if known is None:
            self._get_ready()
            known = self._known[subnet] = self._look(subnet)
        return known

    def look(self, subnet: ArmId | None) -> Look:
        """What tells of the pairs of one client subnet."""
        known = self.from_client(subnet)
        return lambda pair: known.get(pair.server.id)

    def _get_ready(self) -> None:
        """Tell the matrix at once what it will be asked, which costs less than bit by bit."""
        if not self._is_ready:
            self._is_ready = True
            meant = {place: self._meant(subnet) for subnet, place in self._clients.items()}
            self._matrix.expect({place: held for place, held in meant.items() if held})

    def _meant(self, subnet: ArmId) -> dict[int, ArmId]:
        """The servers that a subnet is meant to talk to, by their place in the matrix."""
        held = self._facts.topology.get(Subnet, subnet)
        if held is None:
            return {}
        known = self._meant_by.get(held.network)
        if known is None:
            meant = meant_by(self._facts, held.network)
            known = {self._servers[one]: one for one in meant if one in self._servers}
            self._meant_by[held.network] = known
        return known

    def _look(self, subnet: ArmId) -> dict[ArmId, Notes | None]:
        places = self._meant(subnet)
        found = self._matrix.notes(self._clients[subnet], places)
        return {places[place]: notes for place, notes in found.items()}


def glance_of(facts: Facts) -> Glance | None:
    """All pairs of a large estate at a glance; None where it costs less to trace each."""
    if len(facts.topology.all(Subnet)) < _LARGE or facts.settings.assumptions:
        return None
    from pgtopo.analysis.matrix.cells import matrix

    return Glance(facts, matrix(facts, PORT))


def prepare(facts: Facts) -> None:
    """Make checks of a whole large estate look at pairs together before they trace one."""
    facts.once(GLANCE, 0, lambda: glance_of(facts))


def not_plainly_fine(
    facts: Facts, pairs: Pairs, stages: Iterable[Stage]
) -> Iterable[tuple[Pair, Notes | None]]:
    """The pairs at which something is said; with None those that have to be traced to tell.

    None at all where nothing is said in any of these stages.
    """
    glance: Looks | None = facts.known(GLANCE, 0)
    if glance is None:
        return ((pair, None) for pair in pairs)
    if not isinstance(glance, Glance):
        return _looked_at(glance, pairs)
    told = glance.told(pairs)
    return () if told.stages is not None and told.stages.isdisjoint(stages) else told.said


def _looked_at(glance: Looks, pairs: Pairs) -> Iterator[tuple[Pair, Notes | None]]:
    client, look = None, None
    for pair in pairs:
        if look is None or pair.client is not client:  # most pairs of a client follow one another
            client, look = pair.client, glance.look(pair.subnet)
        is_known = pair.port == PORT and pair.reason is not Reason.DECLARED
        notes = look(pair) if is_known else None
        if notes is None or notes:
            yield pair, notes


def is_all(facts: Facts, pair: Pair, stage: Stage, code: str) -> bool:
    """Whether a stage that says this on the path of a pair says nothing else."""
    if stage is Stage.TRANSIT:
        return code in _PLAIN_TRANSIT
    if stage in _FILTERS:
        is_alone = stage is Stage.CLIENT_FILTER or pair.server.mode is Mode.VNET
        return is_alone and not facts.topology.all(EffectiveAdminRules)
    return stage in _SINGLE
