"""Findings in the order of reading: by the object to be mended, the worst first."""

from collections.abc import Iterator
from typing import NamedTuple

from pgtopo.model.ids import owned_name
from pgtopo.reports.findings.document import CauseItem, FindingItem, FindingsDocument
from pgtopo.reports.prose import brief
from pgtopo.views.set_aside import left_out
from pgtopo.views.signs import count

_NAMED = 4
"""Of the servers and networks that a cause hits, how many are named."""


class Group(NamedTuple):
    """The faults of one cause."""

    cause: CauseItem
    items: list[FindingItem]

    @property
    def is_shared(self) -> bool:
        """Whether the cause is to blame for more than one fault."""
        return len(self.items) > 1


def faults(document: FindingsDocument) -> Iterator[Group]:
    """The faults that nobody suppressed, by cause."""
    by_key = {item.key: item for item in document.findings}
    for cause in document.causes:
        yield Group(cause, [by_key[key] for key in cause.findings])


def open_questions(document: FindingsDocument) -> list[FindingItem]:
    """The unknowns that nobody suppressed."""
    return [
        item for item in document.findings if item.outcome != "fail" and item.suppressed_by is None
    ]


class Question(NamedTuple):
    """Open questions with the same reason, evidence and way to settle it."""

    items: list[FindingItem]

    @property
    def checks(self) -> list[str]:
        """The checks that cannot tell, each with its slug."""
        return list(dict.fromkeys(f"{item.check} {item.slug}" for item in self.items))

    @property
    def subjects(self) -> list[str]:
        """The ids of what cannot be judged."""
        return list(dict.fromkeys(item.subject for item in self.items))

    @property
    def head(self) -> str:
        """What a heading says in place of one check's name."""
        return self.checks[0] if len(self.checks) == 1 else count(len(self.checks), "check")

    @property
    def named(self) -> str:
        """The first of the subjects by name, and how many there are besides."""
        return _named(self.subjects)


def questions(document: FindingsDocument) -> list[Question]:
    """The unknowns that nobody suppressed; those with one reason are told together."""
    found: dict[tuple[str, str | None, str, bool], Question] = {}
    for item in open_questions(document):
        key = (item.message, item.settle_with, repr(item.evidence), item.baseline)
        found.setdefault(key, Question([])).items.append(item)
    return list(found.values())


def suppressed(document: FindingsDocument) -> list[FindingItem]:
    """The findings that somebody lives with."""
    return [item for item in document.findings if item.suppressed_by is not None]


def looked_at(document: FindingsDocument) -> str:
    """How much was looked at, and how much could not be evaluated."""
    looked = document.looked_at
    return (
        f"{count(looked.servers, 'server')}, {count(looked.subnets, 'subnet')},"
        f" {count(looked.checks, 'check')}; {count(looked.not_evaluable, 'question')} could not be"
        f" evaluated, {left_out(looked.rows_set_aside, looked.fields_not_read)}"
    )


def called(cause: CauseItem) -> str:
    """A cause by its type's last word and its name, after that of what owns it."""
    return brief(cause.resource)


def who_else(cause: CauseItem) -> str:
    """How many faults a cause has, and the servers and networks they hit."""
    hit = [
        text
        for noun, ids in (("server", cause.servers), ("network", cause.networks))
        if (text := _listed(noun, ids))
    ]
    words = f"; hits {' and '.join(hit)}" if hit else ""
    return f"{count(len(cause.findings), 'finding')}{words}"


def _listed(noun: str, ids: list[str]) -> str:
    if not ids:
        return ""
    return f"{noun if len(ids) == 1 else noun + 's'} {_named(ids)}"


def _named(ids: list[str]) -> str:
    names = ", ".join(owned_name(one) for one in ids[:_NAMED])
    return names + (f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else "")
