"""From a symptom and two ends to ranked causes, each with proof, next probe and fixes."""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_target
from pgtopo.analysis.verdict import Step, Verdict
from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Fix
from pgtopo.checks.opened import Opened
from pgtopo.checks.path_fixes import path_fixes
from pgtopo.checks.verify import Prover
from pgtopo.model.history import Change
from pgtopo.triage.case import Case
from pgtopo.triage.causes.cause import Cause
from pgtopo.triage.causes.from_checks import BESIDE, checks_for, findings_on, with_client
from pgtopo.triage.causes.from_findings import from_findings
from pgtopo.triage.causes.from_path import from_path
from pgtopo.triage.causes.from_suspects import with_suspects
from pgtopo.triage.causes.from_symptom import from_symptom
from pgtopo.triage.causes.from_upstream import with_upstream
from pgtopo.triage.causes.moves import moved
from pgtopo.triage.causes.ranking import ranked, weighed
from pgtopo.triage.causes.scene import Scene
from pgtopo.triage.ends import Ends, ends
from pgtopo.triage.history import changes_of
from pgtopo.triage.places import client_address, server_address
from pgtopo.triage.questions import Question, questions
from pgtopo.triage.readings.read import read
from pgtopo.triage.readings.reading import Outcome, Reading
from pgtopo.triage.subjects import around_server, on_path
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.triage.symptoms.classify import Symptom, classify
from pgtopo.triage.who_else import who_else

_PROVED = 3
"""For so many of the first causes that a check alone shows, fixes are tried."""


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an incident."""

    case: Case
    symptom: Symptom
    ends: Ends
    path: PathVerdict | None
    causes: tuple[Cause, ...]
    """The likeliest first."""
    opened: Opened
    """What opens the path, in order, each proved on a copy."""
    readings: tuple[Reading, ...]
    not_checked: tuple[Question, ...]
    timeline: tuple[Change, ...] = ()
    """What changed on the way, the latest first; empty without a collected history."""


def diagnose(facts: Facts, prover: Prover | None, case: Case) -> Diagnosis:
    """The ranked causes of an incident.

    Without a prover no fixes are worked out. Raises `UsageError` where a named end is nobody or
    several.

    Unknown when: an end is not known, or what decides was not read; the questions say what.
    """
    symptom = _heard(case)
    found = ends(facts, case, symptom.places)
    path = _path(facts, found, case.client_dns)
    around = (
        (client_address(path.client), server_address(facts, path), path.port)
        if path is not None
        else ("", "", found.port)
    )
    readings = tuple(one for paste in case.pastes for one in read(paste, around))
    scene = Scene(symptom=symptom, ends=found, path=path)
    opened = _opened(facts, prover, found, path, case.client_dns)
    known = [weighed(scene, one) for one in _causes(facts, scene)]
    if opened.upstream:
        known = with_upstream(facts, scene, opened, known)
    elif prover is None or not prover.can_try_anything:
        known = with_suspects(facts, scene, known)
    causes = ranked(moved(facts, scene, known, readings))
    return Diagnosis(
        case=case,
        symptom=symptom,
        ends=found,
        path=path,
        causes=_completed(facts, prover, found, causes, opened),
        opened=opened,
        readings=readings,
        not_checked=questions(facts, symptom, found, path, readings, causes[0] if causes else None),
        timeline=_timeline(facts, found, path, causes),
    )


def _timeline(
    facts: Facts, found: Ends, path: PathVerdict | None, causes: tuple[Cause, ...]
) -> tuple[Change, ...]:
    """What changed on the path and at what is to blame."""
    places = {one.resource for one in causes if one.resource is not None}
    if path is not None:
        places |= on_path(facts, path)
    elif found.server is not None:
        places |= around_server(facts, found.server)
    return changes_of(facts, places)


def _heard(case: Case) -> Symptom:
    """The symptom: of the error, else of the first error among what was pasted."""
    symptom = classify(case.error)
    readings = tuple(one for paste in case.pastes for one in read(paste, ("", "", 0)))
    if symptom.kind is SymptomClass.UNKNOWN and not symptom.quote:
        told = next((one.text for one in readings if one.outcome is Outcome.ERROR), "")
        if told:
            symptom = classify(told)
    return symptom


def _path(facts: Facts, found: Ends, client_dns: str | None) -> PathVerdict | None:
    if found.client is None or found.server is None:
        return None
    return trace(facts, found.client, found.server, port=found.port, client_dns=client_dns)


def _causes(facts: Facts, scene: Scene) -> Iterable[Cause]:
    findings = _findings(facts, scene)
    causes: list[Cause] = []
    if scene.path is not None:
        causes += from_path(facts, scene.path, findings)
    if scene.path is None or scene.symptom.kind in BESIDE:
        told = {one.finding.key for one in causes if one.finding is not None}
        causes += from_findings(facts, scene.symptom.kind, findings, told)
    causes += from_symptom(facts, scene)
    return causes


def _findings(facts: Facts, scene: Scene) -> tuple[Finding, ...]:
    server = scene.server
    if server is None:
        return ()
    checks = checks_for(scene.symptom.kind, scene.path)
    subjects = on_path(facts, scene.path) if scene.path else around_server(facts, server)
    return findings_on(with_client(facts, scene.ends), checks, subjects)


# -- fixes and who else ---------------------------------------------------------------------------


def _opened(
    facts: Facts,
    prover: Prover | None,
    found: Ends,
    path: PathVerdict | None,
    client_dns: str | None,
) -> Opened:
    """What opens the path; worked out once, whatever else is said of the incident afterwards."""
    if prover is None or path is None or found.server is None:
        return Opened()
    if path.verdict not in (Verdict.BLOCKED, Verdict.MIXED):
        return Opened()
    server = str(found.server.id)

    def again(facts: Facts) -> PathVerdict:
        target = find_target(facts, server).server
        client = find_client(facts, found.client_text)
        return trace(facts, client, target, port=found.port, client_dns=client_dns)

    key = (found.client_text, server, found.port, client_dns)
    return facts.once("triage path fixes", key, lambda: path_fixes(prover, path, again))


def _completed(
    facts: Facts,
    prover: Prover | None,
    found: Ends,
    causes: tuple[Cause, ...],
    opened: Opened,
) -> tuple[Cause, ...]:
    """The causes with their fixes and with who else suffers."""
    left = _PROVED
    made = []
    for cause in causes:
        fixes = cause.fixes
        if cause.step is not None and cause.follows is None:
            fixes = _fixes_for(opened, cause) or fixes
        if not fixes and prover is not None and left and _is_fault(cause) and not cause.follows:
            left -= 1
            fixes = _proved(facts, prover, cause)
        latest = changes_of(facts, [cause.resource] if cause.resource is not None else [])
        made.append(
            msgspec.structs.replace(
                cause,
                fixes=fixes,
                who_else=who_else(facts, cause, found, _mended(prover, cause)),
                last_change=latest[0] if latest else None,
            )
        )
    return tuple(made)


def _mended(prover: Prover | None, cause: Cause) -> Facts | None:
    """A copy in which a cause upstream is mended; None for other causes."""
    copy = prover.copy(cause.mended_by) if prover is not None and cause.mended_by else None
    return prover.facts_of(copy) if prover is not None and copy is not None else None


def _fixes_for(opened: Opened, cause: Cause) -> tuple[Fix, ...]:
    """The fixes with which the step of a cause is gone, that which is for it first."""
    pairs = zip(opened.cleared, opened.fixes, strict=True)
    found = [(steps, fix) for steps, fix in pairs if any(_is_same(one, cause) for one in steps)]
    found.sort(key=lambda one: not _is_same(one[0][0], cause))
    return tuple(fix for _, fix in found)


def _is_same(step: Step, cause: Cause) -> bool:
    decided = step.decided_by.resource if step.decided_by else None
    return (step.stage, step.code, decided) == (cause.stage, cause.code, cause.resource)


def _is_fault(cause: Cause) -> bool:
    """Whether a check says that the fault is there."""
    is_there = cause.finding is not None and cause.finding.is_fail
    return is_there and cause.verdict is Verdict.BLOCKED


def _proved(facts: Facts, prover: Prover, cause: Cause) -> tuple[Fix, ...]:
    """A proved fix of a check's finding, else one text that says what to do by hand."""
    finding = cause.finding
    if finding is None:
        return ()
    return facts.once("triage fixes", finding.key, lambda: _tried(prover, finding))


def _tried(prover: Prover, finding: Finding) -> tuple[Fix, ...]:
    for fix in prover.candidates(finding):
        tried = prover.proved(fix, finding.key)
        if tried.is_verified:
            return (tried,)
    return (Fix(text=prover.advice(finding)),)
