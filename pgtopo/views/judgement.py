"""Everything worked out of the findings before the interface takes them in."""

from collections.abc import Iterable
from typing import NamedTuple

from pgtopo.checks.finding import Finding
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


def judge(desk: Desk, findings: Iterable[Finding]) -> Judgement:
    """What the findings of a finished run come to; the desk itself stays as it is."""
    problems = problems_of(findings)
    rollups = {grouping: Rollup(desk.forest(grouping), problems) for grouping in Grouping}
    return Judgement(problems, rollups, rows(desk.topology, problems, Arrangement()))
