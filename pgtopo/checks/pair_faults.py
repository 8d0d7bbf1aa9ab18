"""Turns the steps of intended pairs into outcomes of checks: one finding per client and server.

What the settings file declares is judged as the check is graded; what is only meant to be, as the
estate shows it, is a likely warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.one_stage import stage_steps
from pgtopo.analysis.shares import once
from pgtopo.analysis.verdict import Evidence, Part, Stage, Step, Verdict
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Certainty, Fail, Outcome, Severity, Unknown
from pgtopo.checks.pair_glance import is_all, not_plainly_fine
from pgtopo.checks.pair_proof import looked_up
from pgtopo.checks.pair_reasons import by_reason
from pgtopo.checks.pairs import Pair, Pairs, notable
from pgtopo.checks.server_needs import mended, sentence
from pgtopo.model.ids import ArmId

if TYPE_CHECKING:
    from pgtopo.analysis.matrix.engine import Notes

GRADING = (
    "As it stands for clients that the settings file declares; a likely warning for networks that"
    " only show their intent, by a link to the server's zone, their resolver, or a peering."
)
_MILD = " Nobody declared this client: a [[client]] entry in the settings makes it an error."
_SHOWN = 3
_CONVENTIONS = frozenset({"PUBLIC_CNAME_CHAIN"})
"""Assumptions that no blocked path hangs on: without the public alias a name fails all the same."""
_ROUTES = (Stage.FORWARD_ROUTE, Stage.PEERING, Stage.TRANSIT, Stage.RETURN_ROUTE)


Seen = tuple[Part, Step]
_Look = Callable[[], Seen]
_Ahead = Callable[[], Step | None]
"""What may tell a step without a trace."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which steps of a path a check is about."""

    stages: tuple[Stage, ...]
    blocked: frozenset[str] = frozenset()
    """Codes of blocking steps that are the fault."""
    unknown: frozenset[str] = frozenset()
    """Codes of open steps that leave the question open."""
    suspected: frozenset[str] = frozenset()
    """Codes of open steps that are the fault nevertheless, likely at most."""
    noted: frozenset[str] = frozenset()
    """Codes that are the fault whatever the step's verdict."""

    @property
    def faults(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The codes of steps that are the fault by how grave the step is: fine, open, blocking."""
        return frozenset(), self.suspected, self.blocked


class Trouble:
    """What stands in the way of one pair, as far as a check is concerned."""

    __slots__ = ("_ahead", "_look", "_seen", "_step", "is_fault", "pair")

    def __init__(self, pair: Pair, look: _Look, ahead: _Ahead, *, is_fault: bool) -> None:
        self.pair = pair
        self.is_fault = is_fault
        self._look = look
        self._ahead = ahead
        self._seen: Seen | None = None
        self._step: Step | None = None

    def _found(self) -> Seen:
        if self._seen is None:
            self._seen = self._look()
        return self._seen

    @property
    def part(self) -> Part:
        """The clients that fare so; the pair is traced when this is first asked."""
        return self._found()[0]

    @property
    def step(self) -> Step:
        """The step that says so."""
        if self._step is None:
            known = self._ahead() if self._seen is None else None
            self._step = known or self._found()[1]
        return self._step


Test = Callable[[Trouble], bool]
Key = Callable[[Trouble], str]

FILTERS_DENY = frozenset({"NSG_DENY", "NSG_DEFAULT_DENY"})
FILTERS_OPEN = frozenset(
    {
        *("TAG_WITH_DEFAULT_ROUTE", "TAG_MEMBERSHIP", "SQL_TAG", "PUBLIC_ADDRESS_UNSEEN"),
        *("ASG_MEMBERS_UNSEEN", "SOURCE_PORT", "PRIORITY_TIE", "RULES_UNSEEN"),
        "SUBNET_ADDRESS_CHOICE",
    }
)
ROUTES_OPEN = frozenset(
    {
        *("ROUTE_UNKNOWN", "BGP_ROUTES_UNSEEN", "CONNECTIVITY_UNSEEN", "NO_ROUTE"),
        *("PEERING_STATE_UNSEEN", "REMOTE_NETWORK_UNSEEN"),
    }
)


def troubles(facts: Facts, pairs: Pairs, wanted: Wanted) -> Iterator[Trouble]:
    """The first fault of each pair, else the first open question, of the wanted kind."""
    for pair, notes in not_plainly_fine(facts, pairs, wanted.stages):
        glimpse = _at_a_glance(facts, pair, notes, wanted)
        if glimpse is None:
            found = _seen(facts, pair, wanted)
            if found is not None:
                is_fault = _is_fault(wanted, found[1])
                yield Trouble(pair, partial(_same, found), lambda: None, is_fault=is_fault)
        elif glimpse is not _NOTHING:
            look = partial(_traced, facts, pair, wanted)
            ahead = partial(_told_ahead, facts, pair, wanted)
            yield Trouble(pair, look, ahead, is_fault=glimpse is _FAULT)


def _same(found: Seen) -> Seen:
    return found


def _told_ahead(facts: Facts, pair: Pair, wanted: Wanted) -> Step | None:
    """The step that the trace would find, where the one stage it is of tells it by itself."""
    stage, *others = wanted.stages
    if others:
        return None
    steps = stage_steps(facts, pair.client, pair.server, stage, port=pair.port) or ()
    found = [one for one in steps if one.code != "OK" and _is_wanted(wanted, one)]
    return next((one for one in found if _is_fault(wanted, one)), found[0] if found else None)


def _traced(facts: Facts, pair: Pair, wanted: Wanted) -> Seen:
    """The step of a trouble that is known to be there."""
    found = _seen(facts, pair, wanted)
    if found is None:
        raise AssertionError(f"no step of the kind on the path to {pair.server.id}")
    return found


def _seen(facts: Facts, pair: Pair, wanted: Wanted) -> Seen | None:
    """The first wanted fault on the path of a pair, else the first wanted open step."""
    found = [
        (part, step)
        for part, step in notable(facts, pair)
        if step.stage in wanted.stages and _is_wanted(wanted, step)
    ]
    return next((one for one in found if _is_fault(wanted, one[1])), found[0] if found else None)


def _is_wanted(wanted: Wanted, step: Step) -> bool:
    is_open = step.verdict is Verdict.UNKNOWN and step.code in wanted.unknown
    return is_open or _is_fault(wanted, step)


def _is_fault(wanted: Wanted, step: Step) -> bool:
    by_verdict = {Verdict.BLOCKED: wanted.blocked, Verdict.UNKNOWN: wanted.suspected}
    return step.code in wanted.noted or step.code in by_verdict.get(step.verdict, ())


class _Glimpse(Enum):
    NOTHING = "nothing"
    OPEN = "open"
    FAULT = "fault"


_NOTHING, _OPEN, _FAULT = _Glimpse


def _at_a_glance(facts: Facts, pair: Pair, notes: Notes | None, wanted: Wanted) -> _Glimpse | None:
    """What a pair's path holds of the wanted kind; None where only the trace tells."""
    if notes is None:
        return None
    found = _NOTHING
    for stage, out in notes:
        if stage not in wanted.stages:
            continue
        level, code = out.level, out.code
        if not is_all(facts, pair, stage, code):
            return None
        if code in wanted.noted or code in wanted.faults[level]:
            found = _FAULT
        elif level == 1 and code in wanted.unknown and found is _NOTHING:
            found = _OPEN
    return found


def by_server(trouble: Trouble) -> str:
    """Tells findings about a client apart: by the server."""
    return trouble.pair.server.id


def by_client(trouble: Trouble) -> str:
    """Tells findings about a server apart: by the client's network, or its declared text."""
    return trouble.pair.end


def judged(
    facts: Facts,
    pairs: Pairs,
    wanted: Wanted,
    *,
    severity: Severity,
    key: Key = by_server,
    test: Test | None = None,
    cause: Callable[[Trouble], ArmId | None] | None = None,
    say: Callable[[Facts, list[Trouble]], str] | None = None,
) -> Outcome:
    """What the wanted steps do to some pairs: one fault per key, and one open question in all.

    `test` leaves out faults that are another check's; `cause` names what is to be mended where
    that is not what decided; `say` words a fault that is none of reaching the server.
    """
    if not pairs:
        return NOT_APPLICABLE
    groups: dict[str, list[Trouble]] = {}
    open_ones: list[Trouble] = []
    for one in troubles(facts, pairs, wanted):
        if test is not None and not test(one):
            continue
        if one.is_fault:
            groups.setdefault(key(one), []).append(one)
        else:
            open_ones.append(one)
    answers: list[Fail | Unknown] = [
        _fail(facts, held, severity, name, cause, (say or message)(facts, held))
        for name, held in _once_each(groups)
    ]
    if open_ones:
        answers.append(_unknown(facts, open_ones))
    return tuple(answers) or OK


def _once_each(groups: dict[str, list[Trouble]]) -> Iterator[tuple[str, list[Trouble]]]:
    """The groups, without networks whose clients are declared and at fault already."""
    told: set[tuple[ArmId | None, ArmId]] = set()
    for name, held in groups.items():
        fresh = [
            one
            for one in held
            if one.pair.is_declared or (one.pair.subnet, one.pair.server.id) not in told
        ]
        told |= {(one.pair.subnet, one.pair.server.id) for one in held if one.pair.is_declared}
        if fresh:
            yield name, fresh


def _fail(
    facts: Facts,
    held: list[Trouble],
    severity: Severity,
    name: str,
    cause: Callable[[Trouble], ArmId | None] | None,
    text: str,
) -> Fail:
    first = held[0]
    pair, step = first.pair, first.step
    proof = looked_up(facts, once((*evidence_of(first), *_other_proof(held))))
    mend = cause(first) if cause is not None else mended(proof[0].resource)
    return Fail(
        message=text + _why_mild(pair, severity),
        severity=graded(pair, severity),
        certainty=certainty(pair, is_sure=_is_sure(step)),
        evidence=proof,
        related=related(held, proof),
        discriminator=name,
        cause=mend,
    )


def _other_proof(held: list[Trouble]) -> tuple[Evidence, ...]:
    """What decided for the clients that something else stops."""
    found = (group[0].step.decided_by for group in by_reason(held)[0][1:_SHOWN])
    return tuple(one for one in found if one is not None)


def _is_sure(step: Step) -> bool:
    return all(note.code in _CONVENTIONS for note in step.assumptions)


def graded(pair: Pair, severity: Severity) -> Severity:
    """The severity of a fault of a pair: at most a warning where nobody declares the client."""
    is_meant = not pair.is_declared and severity is Severity.ERROR
    return Severity.WARNING if is_meant else severity


def _why_mild(pair: Pair, severity: Severity) -> str:
    """A sentence on what makes a fault an error; empty where it is one, or cannot be."""
    return _MILD if graded(pair, severity) is not severity else ""


def certainty(pair: Pair, *, is_sure: bool = True) -> Certainty:
    """How sure a fault of a pair is."""
    return Certainty.CERTAIN if pair.is_declared and is_sure else Certainty.LIKELY


def message(facts: Facts, held: list[Trouble]) -> str:
    """Who cannot reach what, or may not, why, and why that client counts.

    Clients that something else stops are told with that.
    """
    pair, step = held[0].pair, held[0].step
    groups, rest = by_reason(held)
    who = clients_words(facts, groups[0] if len(groups) > 1 else held)
    can = "cannot" if step.verdict is Verdict.BLOCKED else "may not be able to"
    text = sentence(step.text)
    others = other_reasons(facts, groups, rest)
    return f"{who} {can} reach server {pair.server.name}: {text}{others}{why_counted(pair)}"


def other_reasons(facts: Facts, groups: list[list[Trouble]], rest: list[Trouble]) -> str:
    """What stops the clients that something else stops; empty where one thing stops all."""
    if len(groups) < 2:
        return ""
    told = [f" {_subnets(facts, one)}: {sentence(one[0].step.text)}" for one in groups[1:_SHOWN]]
    left = [one for group in groups[_SHOWN:] for one in group] + rest
    more = f" {_subnets(facts, left)}: one of these reasons, or one of the kind." if left else ""
    return f"{''.join(told)}{more}"


def why_counted(pair: Pair) -> str:
    """A sentence on why a client counts that nobody declares; empty for others."""
    return "" if pair.is_declared else f" It counts as a client because {pair.reason.value}."


def clients_words(facts: Facts, held: list[Trouble]) -> str:
    """The clients of some troubles at the beginning of a sentence."""
    pair = held[0].pair
    if pair.is_declared:
        return f"Client {pair.source} of the settings file"
    return _subnets(facts, held)


def _subnets(facts: Facts, held: list[Trouble]) -> str:
    names = list(
        dict.fromkeys(
            called(facts, one.pair.subnet) if one.pair.subnet else one.pair.source for one in held
        )
    )
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    word = "Subnet" if len(names) == 1 else "Subnets"
    return f"{word} {', '.join(names[:_SHOWN])}{more}"


def evidence_of(trouble: Trouble) -> tuple[Evidence, ...]:
    """The proof of a step: its own, else that of the routes it compares, else the server."""
    step, server = trouble.step, trouble.pair.server
    own = tuple(one for one in (step.decided_by, *step.evidence) if one is not None)
    if own:
        return own
    routes = tuple(
        one
        for other in trouble.part.steps
        if other.stage in _ROUTES
        for one in (other.decided_by, *other.evidence)
        if one is not None and one.value is not None
    )
    return once(routes) or (Evidence(server.id, "name", server.name),)


def related(held: list[Trouble], proof: tuple[Evidence, ...]) -> tuple[ArmId, ...]:
    """The ends of the pairs, and what decided."""
    pair = held[0].pair
    ends = [pair.server.id, *(one.pair.subnet for one in held), pair.network]
    decided = (mended(one.resource) for one in proof)
    return (*(one for one in ends if one is not None), *decided)


def _unknown(facts: Facts, held: list[Trouble]) -> Unknown:
    first = held[0]
    step, pair = first.step, first.pair
    settles = [one.settle_with for one in step.assumptions]
    others = len(held) - 1
    more = f" The same or the like holds for {others} more." if others else ""
    who = clients_words(facts, held[:1])
    return Unknown(
        message=f"Whether {who[0].lower()}{who[1:]} reaches server {pair.server.name} is open:"
        f" {sentence(step.text)}{more}",
        settle_with=next(filter(None, settles), "Reader on what is named here, then collect again"),
        evidence=looked_up(facts, (step.decided_by,) if step.decided_by is not None else ()),
        related=related(held[:_SHOWN], ()),
    )
