"""The list of findings: grouped by cause, check or family, sorted, filtered."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from pgtopo.checks.weight import hurt
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.labels import full_name
from pgtopo.views.literal import printable
from pgtopo.views.problems import Problem, Problems
from pgtopo.views.signs import Sign, count


class Bundle(Enum):
    """By what findings are put together."""

    CAUSE = "cause"
    CHECK = "check"
    FAMILY = "family"
    NONE = "nothing"

    @property
    def next(self) -> "Bundle":
        """The bundling that follows, round and round."""
        every = list(Bundle)
        return every[(every.index(self) + 1) % len(every)]


class Sorting(Enum):
    """By what findings, or bundles of them, are ordered."""

    SEVERITY = "severity"
    NUMBER = "number of findings"
    CHECK = "check"
    SUBJECT = "subject"

    @property
    def next(self) -> "Sorting":
        """The sorting that follows, round and round."""
        every = list(Sorting)
        return every[(every.index(self) + 1) % len(every)]


class ProblemRow(NamedTuple):
    """One row: a bundle, or a finding in it."""

    sign: Sign
    code: str
    """The check's id; empty for bundles of several."""
    text: str
    """What it is about: a resource, or what the bundle has in common."""
    note: str
    """What is wrong, or how much is in the bundle."""
    problem: Problem | None = None
    """None for a bundle."""
    cause: ArmId = ArmId("")
    indent: int = 0


class Arrangement(NamedTuple):
    """How the list is put together."""

    bundle: Bundle = Bundle.CAUSE
    sorting: Sorting = Sorting.SEVERITY
    is_reversed: bool = False


def rows(
    topology: Topology,
    problems: Problems,
    how: Arrangement,
    fits: Callable[[Problem], bool] | None = None,
) -> tuple[ProblemRow, ...]:
    """The rows of the list."""
    kept = [p for p in problems.all if fits is None or fits(p)]
    bundles: dict[str, list[Problem]] = {}
    for problem in kept:
        bundles.setdefault(_key(problem, how.bundle), []).append(problem)
    groups = list(bundles.values())
    groups.sort(key=lambda group: _rank(topology, group, how.sorting))
    if how.is_reversed:
        groups.reverse()
    made: list[ProblemRow] = []
    for group in groups:
        made.extend(_bundle(topology, group, how.bundle))
    return tuple(made)


def _key(problem: Problem, bundle: Bundle) -> str:
    if bundle is Bundle.CAUSE:
        return f"{problem.check.id} {problem.cause}"
    if bundle is Bundle.CHECK:
        return problem.check.id
    return problem.check.family if bundle is Bundle.FAMILY else problem.key


def _rank(topology: Topology, group: list[Problem], sorting: Sorting) -> tuple[object, ...]:
    first = group[0]
    worst = min(p.sign for p in group)
    if sorting is Sorting.NUMBER:
        return (-len(group), worst, first.check.id, first.cause)
    if sorting is Sorting.CHECK:
        return (first.check.id, worst, first.cause)
    if sorting is Sorting.SUBJECT:
        return (full_name(topology, first.subject).lower(), worst, first.check.id)
    named = (one for problem in group for one in (problem.subject, *problem.related))
    hits = hurt(topology, named).order
    name = full_name(topology, first.subject).lower()
    return (bool(first.suppressed_by), worst, *hits, first.check.id, name, first.cause)


def _bundle(topology: Topology, group: list[Problem], bundle: Bundle) -> list[ProblemRow]:
    if len(group) == 1 and bundle in (Bundle.CAUSE, Bundle.NONE):
        return [_item(topology, group[0], 0)]
    first = group[0]
    sign = min(p.sign for p in group)
    if bundle is Bundle.FAMILY:
        code, text = "", f"{first.check.family} checks"
    elif bundle is Bundle.CHECK:
        code, text = first.check.id, first.check.title
    else:
        code, text = first.check.id, full_name(topology, first.cause)
        return [
            ProblemRow(
                sign,
                code,
                text,
                f"{first.check.title}: {_reach(topology, group)}",
                None,
                first.cause,
            ),
            *(_item(topology, problem, 1) for problem in group),
        ]
    head = ProblemRow(sign, code, text, _reach(topology, group), None, first.cause)
    return [head, *(_item(topology, problem, 1) for problem in group)]


def _reach(topology: Topology, group: list[Problem]) -> str:
    servers = {
        one
        for problem in group
        for one in (problem.subject, *problem.related)
        if topology.get(FlexibleServer, one) is not None
    }
    parts = [count(len(group), "finding")]
    if servers:
        parts.append(count(len(servers), "server"))
    return ", ".join(parts)


def _item(topology: Topology, problem: Problem, indent: int) -> ProblemRow:
    name = full_name(topology, problem.subject)
    return ProblemRow(
        problem.sign,
        problem.check.id,
        name,
        "suppressed" if problem.suppressed_by else printable(problem.check.title),
        problem,
        problem.cause,
        indent,
    )
