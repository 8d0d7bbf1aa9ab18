"""One check as documents carry it."""

from pgtopo.checks.base import AnyCheck
from pgtopo.checks.service_facts import facts_behind


def entry(check: AnyCheck) -> dict[str, object]:
    """Every text of a check."""
    return {
        "id": check.id,
        "slug": check.slug,
        "title": check.title,
        "severity": check.severity.value,
        "grading": check.grading or None,
        "family": check.family.label,
        "since": check.since,
        "symptoms": sorted(symptom.value for symptom in check.symptoms),
        "subject": check.subject.KIND,
        "needs": list(check.needs),
        "looks_at": check.looks_at,
        "why": check.why,
        "client_sees": check.client_sees,
        "confirm": check.confirm,
        "fix": check.fix,
        "unknown_when": check.unknown_when,
        "facts": [fact.id for fact in facts_behind(check.id)],
        "sources": list(check.sources),
    }
