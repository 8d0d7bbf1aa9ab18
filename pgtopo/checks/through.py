"""Which meant clients get through to servers in a changed copy, and what holds the others.

A fix may clear its finding and still let nobody through, because something else blocks as well.
"""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, part_verdict
from pgtopo.analysis.verdict import Step, Verdict
from pgtopo.analysis.wording import called
from pgtopo.checks.base import AnyCheck, Family, Severity, Symptom
from pgtopo.checks.pairs import PATH, TO, Pair, Pairs, pairs_to, path_of
from pgtopo.checks.recording import CopyFacts, RecordingFacts
from pgtopo.checks.server_needs import sentence
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer

_CUT_OFF = frozenset(
    {Symptom.NAME_NOT_FOUND, Symptom.TIMEOUT, Symptom.REFUSED, Symptom.UNREACHABLE}
)
"""What clients see that do not get through at all."""
_ON_THE_WAY = frozenset(
    {Family.DNS, Family.RESOLVER, Family.PEERING, Family.SERVER, Family.ENDPOINT}
)
"""Families whose errors stand between clients and servers, and not in a server's own way out."""
_RANK = (Verdict.BLOCKED, Verdict.MIXED, Verdict.UNKNOWN)


class Through(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does to pairs that are meant to talk."""

    touches: bool = False
    """Whether some pair fares otherwise at some step."""
    opens: bool = False
    """Whether some pair gets through now, and did not before."""
    held: str = ""
    """What stands in the way of one that still does not; empty where there is none."""


def note_of(through: Through, check: AnyCheck) -> str:
    """A few words where clients are cut off and clearing that lets none through; else empty."""
    if through.opens or not check.symptoms & _CUT_OFF:
        return ""
    if through.held:
        return f"It clears the condition, but lets no client through by itself. {through.held}"
    is_on_the_way = check.family in _ON_THE_WAY and check.severity is Severity.ERROR
    if through.touches or not is_on_the_way:
        return ""
    return "It clears the condition; no pair of a client and a server is known that waits for it."


def getting_through(before: RecordingFacts, after: CopyFacts) -> Through:
    """What becomes of the pairs that a changed copy may treat otherwise."""
    touches = False
    still: dict[Verdict, tuple[Pair, PathVerdict]] = {}
    for was, pair in _concerned(before, after):
        old, path = path_of(before, was), path_of(after, pair)
        if _standing(old) == _standing(path):
            continue
        touches = True
        if old.verdict is Verdict.ALLOWED:
            continue
        if path.verdict is Verdict.ALLOWED:
            return Through(touches=True, opens=True)
        still.setdefault(path.verdict, (pair, path))
    first = next((still[one] for one in _RANK if one in still), None)
    return Through(touches=touches, held=_held(after, *first) if first else "")


def _standing(path: PathVerdict) -> list[tuple[object, ...]]:
    """How each part fares at each step. Moving a rule may word a step anew and change nothing."""
    return [
        (part.addresses, *((step.stage, step.verdict, step.code) for step in part.steps))
        for part in path.parts
    ]


def _concerned(before: RecordingFacts, after: CopyFacts) -> Iterator[tuple[Pair, Pair]]:
    """Pairs of which the path may differ, as they were and as they are."""
    whole, some = _servers(before, after)
    for server_id in sorted(whole | some):
        then = before.topology.get(FlexibleServer, server_id)
        now = after.topology.get(FlexibleServer, server_id)
        if then is None or now is None:
            continue
        known = {_ends(pair): pair for pair in pairs_to(before, then)}
        for pair in pairs_to(after, now):
            was = known.get(_ends(pair))
            is_same = was is pair or was == pair
            if not is_same or before.answer_to(PATH, pair.key) in after.touched:
                yield was or pair, pair


def _ends(pair: Pair) -> tuple[ArmId | None, str, int]:
    return pair.subnet, pair.source, pair.port


def _servers(before: RecordingFacts, after: CopyFacts) -> tuple[set[ArmId], set[ArmId]]:
    """Servers whose pairs may be others, and those to which some paths may be.

    A pair brings its server along, so a server that was changed itself is not looked up by them.
    """
    was = before.topology
    whole = {
        one.id
        for one in after.topology.all(FlexibleServer)
        if one is not was.get(FlexibleServer, one.id)
    }
    some: set[ArmId] = set()
    for answer in after.touched:
        if answer.name == TO:
            pairs: Pairs = answer.value
            whole.update(pair.server.id for pair in pairs)
        elif answer.name == PATH:
            path: PathVerdict = answer.value
            some.add(path.server.id)
    return whole, some


def _held(facts: Facts, pair: Pair, path: PathVerdict) -> str:
    """What is in the way of one pair, with its ends."""
    step = _step(path)
    if step is None:
        return ""
    end = pair.source or (called(facts, pair.subnet) if pair.subnet else "a client")
    word = "Also in the way" if step.verdict is Verdict.BLOCKED else "Still open"
    return f"{word} from {end} to {pair.server.name}: {sentence(step.text)}"


def _step(path: PathVerdict) -> Step | None:
    """The first step that blocks, else the first that is open."""
    for wanted in (Verdict.BLOCKED, Verdict.UNKNOWN):
        for part in path.parts:
            if part_verdict(part) is wanted:
                return next((one for one in part.steps if one.verdict is wanted), None)
    return None
