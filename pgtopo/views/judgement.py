"""Everything worked out of the findings before the interface takes them in."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pgtopo.checks.finding import Finding
from pgtopo.checks.standing import stand
from pgtopo.checks.suppression import Suppression
from pgtopo.views.desk import Desk
from pgtopo.views.groupings import Grouping
from pgtopo.views.problem_list import Arrangement, ProblemRow, rows
from pgtopo.views.problem_source import problems_of
from pgtopo.views.problems import Problems
from pgtopo.views.rollup import Rollup


class Judgement(NamedTuple):
    """Findings, their signs in every tree, and the list of them as it first shows."""

    problems: Problems
    rollups: dict[Grouping, Rollup]
    rows: tuple[ProblemRow, ...]
    findings: dict[str, Finding]
    """The findings themselves, by key."""


def judge(
    desk: Desk,
    findings: Iterable[Finding],
    suppressions: Iterable[Suppression] = (),
    today: date = date.min,
) -> Judgement:
    """What the findings of a finished run come to; the desk itself stays as it is.

    Suppressions that ended before `today` do not count.
    """
    found = tuple(findings)
    standings = stand(found, suppressions, frozenset(), today)
    reasons = {one.finding.key: one.suppressed_by for one in standings if one.suppressed_by}
    problems = problems_of(found, reasons)
    rollups = {grouping: Rollup(desk.forest(grouping), problems) for grouping in Grouping}
    listed = rows(desk.topology, problems, Arrangement())
    for one in problems.all:
        problems.text(one)
    return Judgement(problems, rollups, listed, {one.key: one for one in found})
