"""Causes beside the path that checks show: for symptoms of clients that reach the server."""

from collections.abc import Iterator, Sequence
from functools import cache

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Verdict
from pgtopo.checks import registry
from pgtopo.checks.base import AnyCheck
from pgtopo.checks.finding import Finding
from pgtopo.triage.causes.cause import Cause, Certainty
from pgtopo.triage.causes.confirming import confirming
from pgtopo.triage.causes.from_path import clue
from pgtopo.triage.symptoms.classes import SymptomClass

_MOST = 12


@cache
def _checks() -> dict[str, AnyCheck]:
    return {check.id: check for check in registry.catalogue()}


def from_findings(
    facts: Facts, kind: SymptomClass, findings: Sequence[Finding], told: set[str]
) -> Iterator[Cause]:
    """One cause for each finding that can show itself as the symptom; `told` is left out."""
    shown = 0
    for finding in findings:
        check = _checks().get(finding.check)
        if check is None or finding.key in told or shown >= _MOST:
            continue
        if kind is not SymptomClass.UNKNOWN and kind.value not in {
            one.value for one in check.symptoms
        }:
            continue
        shown += 1
        yield _cause(facts, finding)


def _cause(facts: Facts, finding: Finding) -> Cause:
    """A fault that is there may still not be what this client meets: so never certain."""
    check = _checks()[finding.check]
    is_fail = finding.is_fail
    return Cause(
        code=code_of(finding.slug),
        text=finding.message,
        verdict=Verdict.BLOCKED if is_fail else Verdict.UNKNOWN,
        certainty=Certainty.LIKELY if is_fail else Certainty.POSSIBLE,
        check=finding.check,
        resource=finding.subject,
        evidence=tuple(clue(one) for one in finding.evidence),
        next_probe=finding.settle_with or confirming(facts, check, finding),
        probe_says=f"What clients see of this fault: {check.client_sees}" if is_fail else "",
        finding=finding,
    )


def code_of(slug: str) -> str:
    """The code of a cause that only a check shows: its slug in capitals."""
    return slug.replace("-", "_").upper()
