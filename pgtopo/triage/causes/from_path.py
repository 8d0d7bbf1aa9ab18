"""Causes that a traced path shows: every step that blocks, and every step that stays open."""

from collections.abc import Iterator, Sequence

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Evidence, Step, Verdict
from pgtopo.checks.finding import Finding
from pgtopo.triage.causes.cause import Cause, Certainty, Clue
from pgtopo.triage.causes.from_checks import same_as
from pgtopo.triage.probes import for_step


def from_path(facts: Facts, path: PathVerdict, findings: Sequence[Finding]) -> Iterator[Cause]:
    """One cause for every step that does not let the client through."""
    seen: set[tuple[object, ...]] = set()
    for step in path.steps:
        mark = (step.stage, step.code, step.decided_by.resource if step.decided_by else None)
        if step.verdict in (Verdict.BLOCKED, Verdict.UNKNOWN) and mark not in seen:
            seen.add(mark)
            yield _cause(facts, path, step, findings)


def _cause(facts: Facts, path: PathVerdict, step: Step, findings: Sequence[Finding]) -> Cause:
    finding = same_as(step, findings, path)
    probe = for_step(facts, path, step)
    settles = next((one.settle_with for one in step.assumptions if one.settle_with), "")
    is_open = step.verdict is Verdict.UNKNOWN
    command = settles if is_open and settles.startswith("az ") else probe.command
    return Cause(
        code=step.code,
        text=step.text,
        verdict=step.verdict,
        certainty=_certainty(step),
        stage=step.stage,
        check=finding.check if finding is not None else None,
        resource=step.decided_by.resource if step.decided_by is not None else None,
        evidence=tuple(clue(one) for one in (step.decided_by, *step.evidence) if one is not None),
        next_probe=command,
        probe_says=probe.says if command == probe.command else "",
        step=step,
        finding=finding,
    )


def _certainty(step: Step) -> Certainty:
    if step.verdict is not Verdict.BLOCKED:
        return Certainty.POSSIBLE
    return Certainty.LIKELY if step.assumptions else Certainty.CERTAIN


def clue(evidence: Evidence) -> Clue:
    """A property that was read, as a clue."""
    return Clue(resource=evidence.resource, property=evidence.property, value=evidence.value)
