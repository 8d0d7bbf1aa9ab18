"""Findings as the interface needs them: flat, with the texts of their check, found by resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.views.signs import NOTHING, Sign, Tally

if TYPE_CHECKING:
    from pgtopo.views.problem_list import Entry


class CheckTexts(msgspec.Struct, frozen=True, kw_only=True):
    """What a check says about itself."""

    id: str
    slug: str
    family: str
    title: str
    sections: tuple[tuple[str, str, bool], ...] = ()
    """Heading, text, and whether the text is a command, in reading order."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One finding."""

    key: str
    check: CheckTexts
    sign: Sign
    severity: str
    """`error`, `warning` or `info`, whatever the outcome."""
    is_unknown: bool
    is_certain: bool = True
    subject: ArmId
    related: tuple[ArmId, ...] = ()
    cause: ArmId
    message: str
    settle_with: str = ""
    evidence: tuple[Evidence, ...] = ()
    suppressed_by: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether it counts as a fault: it fails, and nobody suppressed it."""
        return self.sign.is_fault and not self.suppressed_by


class Problems:
    """Every finding of an estate, with look-up by the resources each one is about."""

    def __init__(self, problems: Iterable[Problem] = (), *, is_complete: bool = False) -> None:
        self.all: tuple[Problem, ...] = tuple(sorted(problems, key=order))
        """The worst first."""
        self.is_complete = is_complete
        """False while the checks still run: then no sign means nothing yet."""
        self._by_key: dict[str, Problem] = {p.key: p for p in self.all}
        self._texts: dict[str, str] = {}
        self.entries: tuple[Entry, ...] = ()
        """What a list shows of each; empty until the first list is put together."""
        self._about: dict[ArmId, list[int]] = {}
        for at, problem in enumerate(self.all):
            for arm_id in {problem.subject, problem.cause, *problem.related}:
                self._about.setdefault(arm_id, []).append(at)

    def get(self, key: str) -> Problem | None:
        """The finding with that key."""
        return self._by_key.get(key)

    def text(self, problem: Problem) -> str:
        """Everything a word is looked for in, in lower case."""
        known = self._texts.get(problem.key)
        if known is None:
            check = problem.check
            text = f"{check.id} {check.slug} {check.title} {problem.message} {problem.subject}"
            known = self._texts[problem.key] = text.lower()
        return known

    def at(self, index: int) -> Problem:
        """The finding at a place in `all`."""
        return self.all[index]

    def indexes(self, arm_id: str) -> list[int]:
        """The places in `all` of the findings that are about a resource."""
        return self._about.get(ArmId(arm_id), _NO_PLACES)

    @property
    def about(self) -> Mapping[ArmId, list[int]]:
        """The places in `all`, by resource."""
        return self._about

    def of(self, arm_id: str) -> tuple[Problem, ...]:
        """The findings that are about a resource, the worst first."""
        return self.pick(self.indexes(arm_id))

    def pick(self, indexes: Iterable[int]) -> tuple[Problem, ...]:
        """Findings by their places, the worst first."""
        return tuple(self.all[at] for at in sorted(indexes))

    def sign(self, arm_id: str) -> Sign:
        """The worst thing said about a resource; NONE where nothing is said."""
        return self.worst(self.indexes(arm_id))

    def worst(self, indexes: Iterable[int]) -> Sign:
        """The worst of some findings that nobody suppressed."""
        found = (self.all[at] for at in indexes)
        return min((p.sign for p in found if not p.suppressed_by), default=Sign.NONE)

    def tally(self, indexes: Iterable[int]) -> Tally:
        """How many of some findings there are of each weight; suppressed ones do not count."""
        return tally(self.all[at] for at in indexes)


_NO_PLACES: list[int] = []


def tally(problems: Iterable[Problem]) -> Tally:
    """How many findings there are of each weight; suppressed ones do not count."""
    counts = [0, 0, 0, 0]
    for problem in problems:
        place = _PLACE.get(problem.sign)
        if place is not None and not problem.suppressed_by:
            counts[place] += 1
    return Tally(*counts) if any(counts) else NOTHING


_PLACE = {Sign.BAD: 0, Sign.MIXED: 0, Sign.RISK: 1, Sign.UNKNOWN: 2, Sign.INFO: 3}


class _Order(NamedTuple):
    is_suppressed: bool
    sign: Sign
    check: str
    subject: str
    key: str


def order(problem: Problem) -> _Order:
    """The sort key that puts the worst first."""
    return _Order(
        bool(problem.suppressed_by), problem.sign, problem.check.id, problem.subject, problem.key
    )
