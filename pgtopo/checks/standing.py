"""How findings stand: new, known from a baseline, or suppressed; and what that adds up to."""

from collections.abc import Iterable
from datetime import date

import msgspec

from pgtopo.checks.base import Severity
from pgtopo.checks.finding import Finding
from pgtopo.checks.suppression import Suppression, first_covering


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, and whether somebody already knows of it."""

    finding: Finding
    suppressed_by: str | None = None
    """The reason given."""
    is_known: bool = False
    """The baseline has it."""

    @property
    def is_fault(self) -> bool:
        """Whether it is a fault that nobody suppressed."""
        return self.finding.is_fail and self.suppressed_by is None

    @property
    def is_open(self) -> bool:
        """Whether it is a question that stayed open and that nobody suppressed."""
        return not self.finding.is_fail and self.suppressed_by is None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """How many findings there are of each weight."""

    error: int = 0
    warning: int = 0
    info: int = 0
    unknown: int = 0
    suppressed: int = 0
    baseline: int = 0
    """Of the faults counted above, how many the baseline has."""


def stand(
    findings: Iterable[Finding],
    suppressions: Iterable[Suppression],
    known: frozenset[str],
    today: date,
) -> tuple[Standing, ...]:
    """Each finding with how it stands; expired suppressions no longer count."""
    valid = [entry for entry in suppressions if not entry.is_expired(today)]
    return tuple(_stand(finding, valid, known) for finding in findings)


def _stand(finding: Finding, valid: list[Suppression], known: frozenset[str]) -> Standing:
    entry = first_covering(valid, finding)
    return Standing(
        finding=finding,
        suppressed_by=entry.reason if entry else None,
        is_known=finding.key in known,
    )


def summary(standings: Iterable[Standing]) -> Summary:
    """What findings add up to: faults by severity, open questions and suppressed ones apart."""
    counts = dict.fromkeys(("error", "warning", "info", "unknown", "suppressed", "baseline"), 0)
    for standing in standings:
        if standing.suppressed_by is not None:
            counts["suppressed"] += 1
        elif standing.is_open:
            counts["unknown"] += 1
        else:
            counts[standing.finding.severity.value] += 1
            counts["baseline"] += standing.is_known
    return Summary(**counts)


def has_new_fault(standings: Iterable[Standing], threshold: Severity) -> bool:
    """Whether a fault at or above a severity is neither suppressed nor in the baseline."""
    order = list(Severity)
    return any(
        one.is_fault
        and not one.is_known
        and order.index(one.finding.severity) <= order.index(threshold)
        for one in standings
    )


def has_open_question(standings: Iterable[Standing]) -> bool:
    """Whether something unsuppressed stayed unknown."""
    return any(one.is_open for one in standings)
