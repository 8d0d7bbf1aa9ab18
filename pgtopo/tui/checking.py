"""Runs the checks one by one, so that the screen can say how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pgtopo.tui import reclaiming

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pgtopo.checks.finding import Finding
    from pgtopo.session import Session


class Checked(NamedTuple):
    """What the checks said."""

    findings: tuple[Finding, ...]
    crashes: int
    """How often a check broke; what it was asked about is unknown in the findings."""


def checked(
    session: Session, select: Sequence[str], tell: Callable[[int, int, str], None]
) -> Checked:
    """What the selected checks say.

    Before each, `tell` hears how many have run, of how many, and the name of the next one.
    """
    from pgtopo.checks import registry
    from pgtopo.checks.selection import selected

    findings: list[Finding] = []
    crashes = 0
    checks = selected(registry.catalogue(), select, ())
    for number, check in enumerate(checks):
        tell(number, len(checks), check.slug)
        report = session.findings((check.id,))
        findings += report.findings
        crashes += len(report.crashes)
        reclaiming.settle()
    return Checked(tuple(findings), crashes)
