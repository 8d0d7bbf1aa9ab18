"""The list of findings: grouped by cause, check or family, sorted, filtered."""

from collections.abc import Callable
from typing import NamedTuple

from pgtopo.checks.weight import Hurt, hurt
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology
from pgtopo.views.cycle import Cycle
from pgtopo.views.labels import full_name
from pgtopo.views.literal import printable
from pgtopo.views.problems import Problem, Problems
from pgtopo.views.signs import Sign, count


class Bundle(Cycle):
    """By what findings are put together."""

    CAUSE = "cause"
    CHECK = "check"
    FAMILY = "family"
    NONE = "nothing"


class Sorting(Cycle):
    """By what findings, or bundles of them, are ordered."""

    SEVERITY = "severity"
    NUMBER = "number of findings"
    CHECK = "check"
    SUBJECT = "subject"


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
    slug: str = ""
    """The note in a few letters, for where it does not fit; empty where the text says it."""


class Arrangement(NamedTuple):
    """How the list is put together."""

    bundle: Bundle = Bundle.CAUSE
    sorting: Sorting = Sorting.SEVERITY
    is_reversed: bool = False


class Entry(NamedTuple):
    """What a list needs to know of a finding, whatever else is in it."""

    problem: Problem
    row: ProblemRow
    inner: ProblemRow
    """The row below the head of a bundle."""
    name: str
    """What it is about, to be ordered by."""
    hurt: Hurt


def rows(
    topology: Topology,
    problems: Problems,
    how: Arrangement,
    fits: Callable[[Problem], bool] | None = None,
) -> tuple[ProblemRow, ...]:
    """The rows of the list."""
    if len(problems.entries) != len(problems.all):
        problems.entries = tuple(_entry(topology, problem) for problem in problems.all)
    bundles: dict[str, list[Entry]] = {}
    for entry in problems.entries:
        if fits is None or fits(entry.problem):
            bundles.setdefault(_key(entry.problem, how.bundle), []).append(entry)
    groups = list(bundles.values())
    groups.sort(key=lambda group: _rank(group, how.sorting))
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


def _rank(group: list[Entry], sorting: Sorting) -> tuple[object, ...]:
    first, name = group[0].problem, group[0].name
    worst = first.sign if len(group) == 1 else min(one.problem.sign for one in group)
    if sorting is Sorting.NUMBER:
        return (-len(group), worst, first.check.id, first.cause)
    if sorting is Sorting.CHECK:
        return (first.check.id, worst, first.cause)
    if sorting is Sorting.SUBJECT:
        return (name, worst, first.check.id)
    hits = _hurt(group).order
    return (bool(first.suppressed_by), worst, *hits, first.check.id, name, first.cause)


def _hurt(group: list[Entry]) -> Hurt:
    if len(group) == 1:
        return group[0].hurt
    return Hurt(
        tuple({server for one in group for server in one.hurt.servers}),
        tuple({network for one in group for network in one.hurt.networks}),
    )


def _bundle(topology: Topology, group: list[Entry], bundle: Bundle) -> list[ProblemRow]:
    if len(group) == 1 and bundle in (Bundle.CAUSE, Bundle.NONE):
        return [group[0].row]
    first = group[0].problem
    sign = min(one.problem.sign for one in group)
    note, slug = _reach(group), ""
    if bundle is Bundle.FAMILY:
        code, text = "", f"{first.check.family} checks"
    elif bundle is Bundle.CHECK:
        code, text = first.check.id, first.check.title
    else:
        code, text = first.check.id, full_name(topology, first.cause)
        slug = f"{first.check.slug}: {note}"
        note = f"{first.check.title}: {note}"
    inner = [one.inner for one in group]
    if bundle is Bundle.CHECK:
        inner = [one._replace(slug="") for one in inner]
    elif bundle is Bundle.CAUSE:
        inner = _told_apart(topology, group)
    return [
        ProblemRow(sign, code, text, note, None, first.cause, 0, slug),
        *inner,
    ]


def _told_apart(topology: Topology, group: list[Entry]) -> list[ProblemRow]:
    """The rows below one cause: two of one subject by who else each concerns.

    What is wrong is the same for all of them, and the head of the bundle says it.
    """
    alike: dict[ArmId, list[Entry]] = {}
    for one in group:
        alike.setdefault(one.problem.subject, []).append(one)
    shared = {
        subject: frozenset.intersection(*(frozenset(sum(one.hurt, ())) for one in held))
        for subject, held in alike.items()
    }
    made = []
    for one in group:
        subject, told = one.problem.subject, ""
        if len(alike[subject]) > 1 and not one.problem.suppressed_by:
            own = [[x for x in many if x not in shared[subject]] for many in one.hurt]
            told = ", ".join(full_name(topology, other) for other in own[0] or own[1])
        made.append(one.inner._replace(note=told, slug=told) if told else one.inner)
    return made


def _reach(group: list[Entry]) -> str:
    servers = _hurt(group).servers
    parts = [count(len(group), "finding")]
    if servers:
        parts.append(count(len(servers), "server"))
    return ", ".join(parts)


def _entry(topology: Topology, problem: Problem) -> Entry:
    name = full_name(topology, problem.subject)
    row = ProblemRow(
        problem.sign,
        problem.check.id,
        name,
        "suppressed" if problem.suppressed_by else printable(problem.check.title),
        problem,
        problem.cause,
        slug="suppressed" if problem.suppressed_by else problem.check.slug,
    )
    found = hurt(topology, (problem.subject, *problem.related))
    return Entry(problem, row, row._replace(indent=1), name.lower(), found)
