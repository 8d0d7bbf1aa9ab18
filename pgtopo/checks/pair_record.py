"""Pairs at a glance while it is noted what answers rest on, and in changed copies of an estate.

A check that sees at a glance that a pair is fine does not trace it, so nothing says what that rests
on. It is traced once a change comes that may concern it; from then on its path is an answer like
any other, on which everything rests that took the pair for what it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property, partial
from typing import TYPE_CHECKING

from pgtopo.analysis.routes.table import ROUTES
from pgtopo.checks.glimpse import GlimpseFacts
from pgtopo.checks.pair_glance import GLANCE, Glance, Look, glance_of
from pgtopo.checks.pair_reach import Moved, ends_concerned, moved_by
from pgtopo.checks.pairs import NOTABLE, Pair, notable
from pgtopo.checks.recording import Answer, CopyFacts, RecordingFacts, Settled
from pgtopo.checks.ways import Ways
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology

if TYPE_CHECKING:
    from pgtopo.analysis.matrix.engine import Notes

_ROUTES = {ROUTES, "table bounds"}
"""Questions about nothing but where packets go."""

Ends = tuple[ArmId, ArmId]
"""A client subnet and a server."""


class RecordedGlance:
    """What is said of pairs at a glance, and who heard it."""

    def __init__(self, facts: RecordingFacts, glance: Glance, sink: Answer) -> None:
        self._facts = facts
        self._glance = glance
        self._sink = sink
        """Rests on everything that was read to tell of pairs."""
        self.heard: dict[Ends, tuple[Pair, Notes]] = {}
        self._readers: dict[ArmId, dict[ArmId, set[Answer]]] = {}
        """By client subnet and server."""
        self._traced: dict[Ends, Answer] = {}
        self._ways = Ways(facts.plain)

    def look(self, subnet: ArmId | None) -> Look:
        """What tells of the pairs of one client subnet, and notes who asks."""
        log = self._facts.log
        asking = log.asking[-1]
        if subnet is None or not (asking.is_last or asking is log.nobody):
            return _nothing
        known = log.ask(self._sink, partial(self._glance.from_client, subnet))
        if not asking.is_last:
            return lambda pair: known.get(pair.server.id)
        readers = self._readers.setdefault(subnet, {})

        def said(pair: Pair) -> Notes | None:
            server = pair.server.id
            notes = known.get(server)
            if notes is not None:
                held = readers.get(server)
                if held is None:
                    held = readers[server] = set()
                    self.heard[subnet, server] = pair, notes
                held.add(asking)
            return notes

        return said

    def concerned(self, after: Topology, settled: Settled) -> dict[Ends, Answer]:
        """The pairs that a change may concern, each with what its path says, traced by now."""
        if self._sink not in settled.others:
            return {}
        moved = self._moved(after, settled)
        return {ends: self._answer(ends) for ends in self._ends(after) if self._may(ends, moved)}

    def reached(self, after: Topology, reached: Set[Answer]) -> Set[Ends]:
        """The pairs that a change may concern, told without a look at any path."""
        return frozenset(self._ends(after)) if self._sink in reached else frozenset()

    def _moved(self, after: Topology, settled: Settled) -> Moved | None:
        """Where a change sends packets elsewhere, if it does nothing more than that."""
        log = self._facts.log
        if self._sink in log.reached_by(self._facts.plain, after):
            return None
        others = [one for one in settled.others if self._sink in one.readers]
        if not {one.name for one in others} <= _ROUTES:
            return None
        tables = [(one.value, settled.values.get(one)) for one in others if one.name == ROUTES]
        return moved_by(self._ways, self._facts.plain, after, tables)

    def _may(self, ends: Ends, moved: Moved | None) -> bool:
        """Whether a pair may be concerned by what routes send elsewhere."""
        if moved is None or ends[0] in moved.subnets:
            return True
        pair, _ = self.heard[ends]
        return pair.part.addresses.overlaps(moved.addresses)

    def _ends(self, after: Topology) -> Iterator[Ends]:
        places = ends_concerned(self._ways, self._facts.plain, after)
        if places is None:
            return iter(self.heard)
        return (ends for one in places for ends in self._by_end.get(one, ()))

    @cached_property
    def _by_end(self) -> dict[ArmId, list[Ends]]:
        """The pairs by client subnet, server, places of the server, and networks of all these."""
        found: dict[ArmId, list[Ends]] = {}
        for ends in self.heard:
            for one in dict.fromkeys(_places(self._facts.plain, ends)):
                found.setdefault(one, []).append(ends)
        return found

    def _answer(self, ends: Ends) -> Answer:
        found = self._traced.get(ends)
        if found is None:
            pair, _ = self.heard[ends]
            self._facts.log.ask(self._sink, partial(notable, self._facts, pair))
            found = self._facts.answer_to(NOTABLE, pair.key)
            if found is None:
                raise LookupError(ends)
            found.readers.update(self._readers[ends[0]][ends[1]])
            self._traced[ends] = found
        return found


class CopiedGlance:
    """What is said of pairs at a glance in a changed copy, where that is the same."""

    def __init__(self, origin: RecordedGlance, others: Set[Ends]) -> None:
        self._heard = origin.heard
        self._others = others

    def look(self, subnet: ArmId | None) -> Look:
        """What tells of the pairs of one client subnet; nothing of those that may differ."""
        if subnet is None:
            return _nothing

        def said(pair: Pair) -> Notes | None:
            ends = subnet, pair.server.id
            known, notes = self._heard.get(ends, _UNHEARD)
            is_same = known is pair or known == pair
            return notes if is_same and ends not in self._others else None

        return said


_UNHEARD: tuple[None, None] = None, None


def recorded_glance(facts: RecordingFacts) -> RecordedGlance | None:
    """All pairs of a large estate at a glance, known to its facts from then on."""
    sink = Answer("glance")
    glance = facts.log.ask(sink, partial(glance_of, facts))
    if glance is None:
        return None
    found = RecordedGlance(facts, glance, sink)
    facts.know(GLANCE, 0, found)
    return found


def copied_glance(glance: RecordedGlance, facts: RecordingFacts, after: Topology) -> CopyFacts:
    """The facts of a changed copy, to which pairs are known at a glance that are the same there."""
    settled, complete = Settled(facts, after), facts.log.complete
    concerned = glance.concerned(after, settled)
    if facts.log.complete > complete:
        settled = Settled(facts, after, settled)
    copy = CopyFacts(facts, after, settled)
    others = {ends for ends, answer in concerned.items() if answer in copy.touched}
    copy.know(GLANCE, 0, CopiedGlance(glance, others))
    return copy


def glimpsed_glance(glance: RecordedGlance, facts: RecordingFacts, after: Topology) -> GlimpseFacts:
    """The same for a copy of which little will be asked."""
    copy = GlimpseFacts(facts, after)
    copy.know(GLANCE, 0, CopiedGlance(glance, glance.reached(after, copy.reached)))
    return copy


def _nothing(_: Pair) -> None:
    """Says of every pair that it has to be traced."""


def _places(topology: Topology, ends: Ends) -> Iterator[ArmId]:
    """Where a pair ends."""
    client, server_id = ends
    server = topology.get(FlexibleServer, server_id)
    subnets = [client, server.subnet if server is not None else None]
    subnets += [one.subnet for one in topology.endpoints_of(server_id)]
    for one in subnets:
        network = ancestor(one, "virtualnetworks") if one is not None else None
        yield from (place for place in (one, network) if place is not None)
    yield server_id
