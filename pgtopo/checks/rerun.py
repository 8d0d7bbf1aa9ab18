"""Runs checks over a changed copy of an estate, but only where the change can matter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_target
from pgtopo.checks.base import AnyCheck, Unseen
from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Change
from pgtopo.checks.glimpse import GlimpseFacts
from pgtopo.checks.pair_record import copied_glance, glimpsed_glance, recorded_glance
from pgtopo.checks.recording import Answer, CopyFacts, RecordingFacts
from pgtopo.checks.runner import Tally, findings_of, judged, outcomes
from pgtopo.checks.subject_fields import SubjectFields
from pgtopo.checks.through import Through, getting_through
from pgtopo.errors import UsageError
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.model.settings import DeclaredClient, Settings
from pgtopo.model.topology import Topology

Pair = tuple[str, ArmId]
"""A check and a subject."""

Over = Callable[[Topology], Iterable[Any]]
"""Tells what a check judges; several checks may share one."""

Subjects = dict[ArmId, tuple[Resource | Unseen, ...]]
"""What a check judges, by the id it is reported under."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did to findings and declared clients."""

    cleared: tuple[Finding, ...]
    added: tuple[Finding, ...]
    """New, or worse than before."""
    gained: tuple[Change, ...] = ()
    lost: tuple[Change, ...] = ()
    through: Through = Through()
    """What becomes of pairs that are meant to talk."""
    unsure: frozenset[str] = frozenset()
    """Keys of faults that were cleared only because the copy cannot say whether they are there."""
    judged: int = 0
    """How many (check, subject) pairs had to be judged again."""

    @property
    def faults_gone(self) -> tuple[str, ...]:
        """Keys of the faults that are surely gone."""
        faults = (one.key for one in self.cleared if one.is_fail)
        return tuple(key for key in faults if key not in self.unsure)


class Baseline:
    """Everything the checks said of an estate, with what each answer rests on."""

    def __init__(
        self, topology: Topology, settings: Settings | None, checks: Sequence[AnyCheck]
    ) -> None:
        self.facts = RecordingFacts(topology, settings)
        self.checks = checks
        self._said: dict[Pair, tuple[Finding, ...]] = {}
        self._over: dict[Over, Answer] = {}
        self._traced: dict[tuple[int, ArmId], Answer] = {}
        self._glance = recorded_glance(self.facts)
        self._fields = SubjectFields(topology)
        tally = Tally()
        for check in checks:
            self._judge(check, tally)
        for client in _declared(self.facts):
            traced = self._traced[client] = Answer("trace")
            traced.value = self.facts.log.ask(traced, partial(_verdict, self.facts, client))
        self.report = tally.report(topology, checks)
        """What the checks said, as a plain run of them puts it."""

    def _judge(self, check: AnyCheck, tally: Tally) -> None:
        facts, log = self.facts, self.facts.log
        over = self._over.get(check.over)
        if over is None:
            over = self._over[check.over] = Answer("over")
            over.value = log.ask(over, partial(_subjects, check.over, facts.topology))
        if over.value is None:
            for subject, outcome in outcomes(facts, check, tally.crashes):
                tally.add(check, subject, outcome)
            return
        for named, members in over.value.items():
            answer = Answer((check.id, named))
            log.readers[named].add(answer)
            said: list[Finding] = []
            for one in members:
                outcome = log.ask(answer, partial(judged, facts, check, one, tally.crashes))
                said += tally.add(check, named, outcome)
            if said:
                self._said[check.id, named] = tuple(said)

    def findings(self) -> tuple[Finding, ...]:
        """Everything that was said."""
        return self.report.findings

    def copy(self, after: Topology) -> CopyFacts:
        """The facts of a changed copy of the estate."""
        if self._glance is None:
            return CopyFacts(self.facts, after)
        return copied_glance(self._glance, self.facts, after)

    def glimpse(self, after: Topology) -> GlimpseFacts:
        """The facts of a changed copy of which little will be asked."""
        if self._glance is None:
            return GlimpseFacts(self.facts, after)
        return glimpsed_glance(self._glance, self.facts, after)

    def against(self, after: Topology, facts: CopyFacts | None = None) -> Difference:
        """What is different in a changed copy of the estate, of which facts may be known."""
        facts = facts or self.copy(after)
        touched = facts.touched
        reread = _pairs_in(touched)
        fresh: dict[Over, tuple[Subjects, list[ArmId]]] = {}
        before: dict[Pair, tuple[Finding, ...]] = {}
        now: dict[Pair, tuple[Finding, ...]] = {}
        for check in self.checks:
            over = self._over[check.over]
            subjects: Subjects = over.value or {}
            wanted = reread.get(check.id, [])
            if over in touched:
                if check.over not in fresh:
                    fresh[check.over] = self._fresh(check.over, subjects, after)
                subjects, moved = fresh[check.over]
                wanted += moved
            for named in dict.fromkeys(wanted):
                pair = (check.id, named)
                before[pair] = self._said.get(pair, ())
                if named in subjects:
                    now[pair] = _judged(facts, check, named, _renewed(after, subjects[named]))
        gained, lost = self._turned(facts, touched)
        cleared, added = _compared(before, now)
        return Difference(
            cleared=cleared,
            added=added,
            gained=gained,
            lost=lost,
            through=getting_through(self.facts, facts) if cleared else Through(),
            unsure=_unsure(cleared, before, now),
            judged=len(now),
        )

    def _fresh(
        self, over: Over, subjects: Subjects, after: Topology
    ) -> tuple[Subjects, list[ArmId]]:
        """What checks judge in a copy, and what of it comes, goes or turns."""
        if self._fields.is_same(over, after):
            return subjects, []
        found = _subjects(over, after)
        found = subjects if found is None else found
        return found, _moved(subjects, found)

    def _turned(
        self, facts: Facts, touched: set[Answer]
    ) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
        """The declared clients whose verdict turns to allowed, and those for which it ceases."""
        gained, lost = [], []
        for pair, answer in self._traced.items():
            if answer not in touched:
                continue
            before, after = answer.value, _verdict(facts, pair)
            source = facts.settings.clients[pair[0]].source
            change = Change(client=source, server=pair[1], before=before, after=after)
            if before != "allowed" and after == "allowed":
                gained.append(change)
            elif before == "allowed" and after != "allowed":
                lost.append(change)
        return tuple(gained), tuple(lost)


def _pairs_in(touched: set[Answer]) -> dict[str, list[ArmId]]:
    """The subjects to be judged again, by check and in order."""
    found: dict[str, list[ArmId]] = {}
    for answer in touched:
        if isinstance(answer.name, tuple):
            check, named = answer.name
            found.setdefault(check, []).append(named)
    return {check: sorted(members) for check, members in found.items()}


def _subjects(over: Over, topology: Topology) -> Subjects | None:
    """What checks judge, by id; None where that cannot be told because the code is broken."""
    found: dict[ArmId, tuple[Resource | Unseen, ...]] = {}
    try:
        for one in over(topology):
            named = one.subject if isinstance(one, Unseen) else one.id
            held = found.get(named)
            found[named] = (one,) if held is None else (*held, one)
    except Exception:  # noqa: BLE001  a broken check must not end the run
        return None
    return found


def _moved(before: Subjects, after: Subjects) -> list[ArmId]:
    """Subjects that come, go, or turn from seen to unseen or back, ordered by id."""
    found = before.keys() ^ after.keys()
    mine, other = _unseen(before), _unseen(after)
    found |= {one for one in mine.keys() | other.keys() if mine.get(one, []) != other.get(one, [])}
    return sorted(found)


def _unseen(subjects: Subjects) -> dict[ArmId, list[Unseen]]:
    """What is to be judged and not in the data, by the subject that refers to it."""
    return {
        named: [one for one in members if isinstance(one, Unseen)]
        for named, members in subjects.items()
        if len(members) > 1 or isinstance(members[0], Unseen)
    }


def _renewed(
    after: Topology, members: tuple[Resource | Unseen, ...]
) -> tuple[Resource | Unseen, ...]:
    """The same subjects as they are in a copy."""
    found = (one if isinstance(one, Unseen) else after.find(one.id) for one in members)
    return tuple(one for one in found if one is not None)


def _judged(
    facts: Facts, check: AnyCheck, named: ArmId, members: tuple[Resource | Unseen, ...]
) -> tuple[Finding, ...]:
    return tuple(
        finding
        for one in members
        for finding in findings_of(check, named, judged(facts, check, one))
    )


def _compared(
    before: dict[Pair, tuple[Finding, ...]], after: dict[Pair, tuple[Finding, ...]]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    old = {finding.key: finding for said in before.values() for finding in said}
    new = {finding.key: finding for said in after.values() for finding in said}
    cleared = tuple(old[key] for key in old if key not in new)
    added = tuple(f for key, f in new.items() if key not in old or f.is_worse_than(old[key]))
    return cleared, added


def _unsure(
    cleared: Iterable[Finding],
    before: dict[Pair, tuple[Finding, ...]],
    after: dict[Pair, tuple[Finding, ...]],
) -> frozenset[str]:
    """The cleared faults in whose place a question opened, or one that was open changed."""
    open_ones = {
        pair
        for pair, said in after.items()
        if any(not one.is_fail and one not in before.get(pair, ()) for one in said)
    }
    return frozenset(
        one.key for one in cleared if one.is_fail and (one.check, one.subject) in open_ones
    )


# -- declared clients -------------------------------------------------------------------------


def _declared(facts: Facts) -> Iterator[tuple[int, ArmId]]:
    """Every declared client, by its place in the settings, against every server it is to reach."""
    for place, client in enumerate(facts.settings.clients):
        for server in _targets(facts, client):
            yield place, server


def _targets(facts: Facts, client: DeclaredClient) -> list[ArmId]:
    if not client.targets:
        return [server.id for server in facts.topology.all(FlexibleServer)]
    found = []
    for text in client.targets:
        try:
            found.append(find_target(facts, text).server.id)
        except UsageError:
            continue
    return found


def _verdict(facts: Facts, pair: tuple[int, ArmId]) -> str:
    declared = facts.settings.clients[pair[0]]
    server = facts.topology.get(FlexibleServer, pair[1])
    if server is None:
        return "gone"
    try:
        client = find_client(facts, declared.source)
    except UsageError:
        return "gone"
    return trace(facts, client, server, port=declared.port).verdict.value
