"""Runs checks over an estate and gathers what they say, in one stable order.

The one place where any exception is caught: a check that crashes says nothing about the estate,
so its subject becomes Unknown and the crash is handed back to be shown and to fail the tests.
"""

from collections.abc import Iterator, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    AnyCheck,
    Fail,
    NotApplicable,
    Ok,
    Outcome,
    Severity,
    Unknown,
    Unseen,
)
from pgtopo.checks.finding import Finding, from_fail, from_unknown
from pgtopo.checks.pair_glance import prepare
from pgtopo.checks.reading import not_visible, unread
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology

_QUIET = (Ok, NotApplicable)
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class LookedAt(msgspec.Struct, frozen=True, kw_only=True):
    """How much was looked at."""

    servers: int
    subnets: int
    checks: int
    not_evaluable: int
    """(check, subject) pairs of which at least one question stayed open."""
    rows_set_aside: int
    fields_not_read: int
    """Fields of rows that could not be read; what rests on them is unknown."""
    pairs: int
    """(check, subject) pairs that were judged."""


class Crash(msgspec.Struct, frozen=True, kw_only=True):
    """A check that broke on a subject: a fault of pgtopo, never of the estate."""

    check: str
    subject: ArmId
    error: str

    def __str__(self) -> str:
        return f"{self.check} crashed on {self.subject}: {self.error}"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one run of the checks found."""

    findings: tuple[Finding, ...]
    """By severity, check id and subject."""
    looked_at: LookedAt
    crashes: tuple[Crash, ...] = ()

    @property
    def fails(self) -> tuple[Finding, ...]:
        """The faults that are there."""
        return tuple(f for f in self.findings if f.is_fail)

    @property
    def unknowns(self) -> tuple[Finding, ...]:
        """The questions that stayed open."""
        return tuple(f for f in self.findings if not f.is_fail)


class Tally:
    """Gathers what checks say of an estate."""

    def __init__(self) -> None:
        self.crashes: list[Crash] = []
        self._findings: list[Finding] = []
        self._pairs = self._open_pairs = 0

    def add(self, check: AnyCheck, subject: ArmId, outcome: Outcome) -> tuple[Finding, ...]:
        """Take in one outcome; the findings of it, none where nothing is wrong or open."""
        self._pairs += 1
        if isinstance(outcome, _QUIET):
            return ()
        made = tuple(findings_of(check, subject, outcome))
        self._findings.extend(made)
        self._open_pairs += any(not finding.is_fail for finding in made)
        return made

    def count(self, fine: int) -> None:
        """Take in so many outcomes with nothing wrong and nothing open."""
        self._pairs += fine

    def report(self, topology: Topology, checks: Sequence[AnyCheck]) -> Report:
        """Everything that was taken in, in order."""
        rank = sorted(
            self._findings, key=lambda f: (_RANK[f.severity], f.check, f.subject, f.discriminator)
        )
        looked_at = LookedAt(
            servers=len(topology.all(FlexibleServer)),
            subnets=len(topology.all(Subnet)),
            checks=len(checks),
            not_evaluable=self._open_pairs,
            rows_set_aside=len(topology.set_aside),
            fields_not_read=len(topology.issues),
            pairs=self._pairs,
        )
        return Report(findings=tuple(rank), looked_at=looked_at, crashes=tuple(self.crashes))


def run(facts: Facts, checks: Sequence[AnyCheck]) -> Report:
    """What these checks say about an estate."""
    prepare(facts)
    tally = Tally()
    for check in checks:
        fine = 0
        for subject, outcome in outcomes(facts, check, tally.crashes):
            if outcome is OK or outcome is NOT_APPLICABLE:
                fine += 1
            else:
                tally.add(check, subject, outcome)
        tally.count(fine)
    return tally.report(facts.topology, checks)


def outcomes(
    facts: Facts, check: AnyCheck, crashes: list[Crash] | None = None
) -> Iterator[tuple[ArmId, Outcome]]:
    """What one check says of each of its subjects, crashes included as Unknown."""
    try:
        subjects = tuple(check.over(facts.topology))
    except Exception as error:  # noqa: BLE001  a broken check must not end the run
        yield ArmId("/"), _crashed(check, ArmId("/"), error, crashes)
        return
    for subject in subjects:
        named = subject.subject if isinstance(subject, Unseen) else subject.id
        yield named, judged(facts, check, subject, crashes)


def judged(
    facts: Facts,
    check: AnyCheck,
    subject: Resource | Unseen,
    crashes: list[Crash] | None = None,
) -> Outcome:
    """What one check says of one subject, a crash included as Unknown."""
    if isinstance(subject, Unseen):
        return not_visible(facts, subject.kind, subject.wanted)
    for kind in check.needs:
        missing = unread(facts, kind, subject.id)
        if missing is not None:
            return missing
    try:
        return check.judge(facts, subject)
    except Exception as error:  # noqa: BLE001  a broken check must not end the run
        return _crashed(check, subject.id, error, crashes)


def _crashed(
    check: AnyCheck, subject: ArmId, error: Exception, crashes: list[Crash] | None
) -> Unknown:
    text = f"{type(error).__name__}: {error}"
    if crashes is not None:
        crashes.append(Crash(check=check.id, subject=subject, error=text))
    return Unknown(
        message=f"The check itself broke here ({text}), so nothing is known.",
        settle_with="Report this as a bug of pgtopo, with the check's id and the resource's row.",
    )


def findings_of(check: AnyCheck, subject: ArmId, outcome: Outcome) -> Iterator[Finding]:
    """The findings of an outcome; none where nothing is wrong or open."""
    answers = outcome if isinstance(outcome, tuple) else (outcome,)
    for answer in answers:
        if isinstance(answer, Fail):
            yield from_fail(check, subject, answer)
        elif isinstance(answer, Unknown):
            yield from_unknown(check, subject, answer)
