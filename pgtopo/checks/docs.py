"""The catalogue's rows and the full text of one check, made from the check's own fields."""

import msgspec

from pgtopo.checks.base import AnyCheck
from pgtopo.checks.service_facts import facts_behind


class CatalogueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the catalogue."""

    id: str
    slug: str
    title: str
    severity: str
    family: str
    since: str
    symptoms: tuple[str, ...]


class Section(msgspec.Struct, frozen=True):
    """One headed paragraph of a check's documentation."""

    heading: str
    text: str
    is_command: bool = False
    """The text is for a terminal, to be shown as written."""


def row(check: AnyCheck) -> CatalogueRow:
    """The catalogue line of a check."""
    return CatalogueRow(
        id=check.id,
        slug=check.slug,
        title=check.title,
        severity=check.severity.value,
        family=check.family.label,
        since=check.since,
        symptoms=tuple(sorted(symptom.value for symptom in check.symptoms)),
    )


def sections(check: AnyCheck) -> tuple[Section, ...]:
    """Everything there is to read about a check, in reading order."""
    graded = (Section("Severity", check.grading),) if check.grading else ()
    return (
        Section("What it looks at", check.looks_at),
        *graded,
        Section("Why it matters", check.why),
        Section("What a client sees", check.client_sees),
        Section("How to confirm it", check.confirm, is_command=True),
        Section("How to mend it", check.fix),
        Section("When it cannot tell", check.unknown_when),
        *_facts(check),
        Section("Sources", "\n".join(check.sources)),
    )


def _facts(check: AnyCheck) -> tuple[Section, ...]:
    """The facts about Azure that the check rests on, where it goes back to any of the list."""
    told = "\n".join(f"{fact.id} {fact.text}" for fact in facts_behind(check.id))
    return (Section("What it rests on", told),) if told else ()


def full_text(check: AnyCheck) -> str:
    """The documentation of a check as plain text."""
    head = row(check)
    lines = [
        f"{head.id} {head.slug}",
        head.title,
        f"{head.severity}, family {head.family}, since {head.since}",
    ]
    if head.symptoms:
        lines.append(f"Symptoms: {', '.join(head.symptoms)}")
    for section in sections(check):
        body = "\n".join(f"  {line}" for line in section.text.splitlines())
        lines += ["", section.heading, body]
    return "\n".join(lines) + "\n"
