"""Turns what the checks report into what the interface shows."""

from collections.abc import Iterable, Mapping

from pgtopo.checks import docs, registry
from pgtopo.checks.base import AnyCheck, Certainty, Severity
from pgtopo.checks.finding import Finding
from pgtopo.views.problems import CheckTexts, Problem, Problems
from pgtopo.views.signs import Sign

_SIGNS = {
    Severity.ERROR: Sign.BAD,
    Severity.WARNING: Sign.RISK,
    Severity.INFO: Sign.INFO,
}

_NONE: Mapping[str, str] = {}


def problems_of(findings: Iterable[Finding], reasons: Mapping[str, str] = _NONE) -> Problems:
    """The findings of a finished run; those with a reason are suppressed for it."""
    texts = {check.id: texts_of(check) for check in registry.catalogue()}
    made = (_problem(f, texts, reasons.get(f.key, "")) for f in findings)
    return Problems(made, is_complete=True)


def texts_of(check: AnyCheck) -> CheckTexts:
    """What a check says about itself."""
    return CheckTexts(
        id=check.id,
        slug=check.slug,
        family=check.family.label,
        title=check.title,
        sections=tuple((s.heading, s.text, s.is_command) for s in docs.sections(check)),
    )


def _problem(finding: Finding, texts: dict[str, CheckTexts], reason: str) -> Problem:
    known = texts.get(finding.check) or CheckTexts(
        id=finding.check, slug=finding.slug, family="", title=finding.slug
    )
    return Problem(
        key=finding.key,
        check=known,
        sign=_SIGNS[finding.severity] if finding.is_fail else Sign.UNKNOWN,
        severity=finding.severity.value,
        is_unknown=not finding.is_fail,
        is_certain=finding.certainty is Certainty.CERTAIN,
        subject=finding.subject,
        related=finding.related,
        cause=finding.cause,
        message=finding.message,
        settle_with=finding.settle_with,
        evidence=finding.evidence,
        suppressed_by=reason,
    )
