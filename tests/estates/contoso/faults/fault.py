"""What a fault is, and how a demonstration pair is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.estates.rows import Row


@dataclass(frozen=True)
class Fault:
    """One fault laid on the estate on purpose."""

    check: str
    subject: str
    wrong: str
    seen: str
    also: tuple[str, ...] = ()
    """Other resources that a finding may be filed under."""
    is_declared_only: bool = False
    """Whether it is reported only where the settings declare the client."""


@dataclass(frozen=True)
class SideEffect:
    """A finding that follows from a fault without being laid on by itself."""

    check: str
    subject: str
    because: str


@dataclass(frozen=True)
class Pair:
    """A client and a server worth tracing."""

    client: str
    server: str
    verdict: str
    stage: str
    """The step that stands in the way; "-" where none does."""
    decider: str
    why: str


def without(items: Sequence[Row], name: str) -> list[Row]:
    """The named items of a list but one."""
    kept = [one for one in items if one["name"] != name]
    assert len(kept) == len(items) - 1, name
    return kept


def named(items: Sequence[Row], name: str) -> Row:
    """The item of a list that has this name."""
    return next(one for one in items if one["name"] == name)
