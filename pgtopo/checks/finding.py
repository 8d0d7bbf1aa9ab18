"""One finding as it is reported, suppressed, baselined and compared over time."""

from enum import Enum

import msgspec

from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import AnyCheck, Certainty, Fail, Severity, Unknown
from pgtopo.model.ids import ArmId


class Outcome(Enum):
    """What is reported of a subject; subjects that are fine are only counted."""

    FAIL = "fail"
    UNKNOWN = "unknown"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One fault, or one question that could not be answered, about one resource."""

    key: str
    """Identifies the finding over time: check, folded subject, discriminator."""
    check: str
    slug: str
    severity: Severity
    outcome: Outcome
    certainty: Certainty
    subject: ArmId
    related: tuple[ArmId, ...] = ()
    message: str
    evidence: tuple[Evidence, ...] = ()
    cause: ArmId
    """The object to be mended; findings with one cause are mended together."""
    settle_with: str = ""
    """For unknown outcomes: the command, query or permission that would settle it."""
    discriminator: str = ""

    @property
    def is_fail(self) -> bool:
        """Whether the fault is there."""
        return self.outcome is Outcome.FAIL

    def is_worse_than(self, before: "Finding") -> bool:
        """Whether the same finding was not as grave before."""
        order = list(type(self.severity))
        if self.outcome is not before.outcome:
            return self.is_fail
        return order.index(self.severity) < order.index(before.severity)


def key_of(check_id: str, subject: ArmId, discriminator: str = "") -> str:
    """The text that identifies a finding over time."""
    key = f"{check_id}:{subject}"
    return f"{key}#{discriminator.lower()}" if discriminator else key


def from_fail(check: AnyCheck, subject: ArmId, fail: Fail) -> Finding:
    """The finding for a fault that is there."""
    return Finding(
        key=key_of(check.id, subject, fail.discriminator),
        check=check.id,
        slug=check.slug,
        severity=fail.severity or check.severity,
        outcome=Outcome.FAIL,
        certainty=fail.certainty,
        subject=subject,
        related=_others(fail.related, subject),
        message=fail.message,
        evidence=fail.evidence,
        cause=fail.cause or subject,
        discriminator=fail.discriminator,
    )


def from_unknown(check: AnyCheck, subject: ArmId, unknown: Unknown) -> Finding:
    """The finding for a question that cannot be answered from this data."""
    return Finding(
        key=key_of(check.id, subject, unknown.discriminator),
        check=check.id,
        slug=check.slug,
        severity=check.severity,
        outcome=Outcome.UNKNOWN,
        certainty=Certainty.LIKELY,
        subject=subject,
        related=_others(unknown.related, subject),
        message=unknown.message,
        evidence=unknown.evidence,
        cause=subject,
        settle_with=unknown.settle_with,
        discriminator=unknown.discriminator,
    )


def _others(related: tuple[ArmId, ...], subject: ArmId) -> tuple[ArmId, ...]:
    """Each related resource once, in order, without the subject itself."""
    return tuple(dict.fromkeys(one for one in related if one != subject))
