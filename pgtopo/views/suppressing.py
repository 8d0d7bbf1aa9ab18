"""Writes the entry of a suppressions file that speaks of one finding, and takes one out."""

import glob
import json
import re
from datetime import date
from typing import NamedTuple

from pgtopo.checks.suppression import Suppression, parse
from pgtopo.errors import SnapshotError
from pgtopo.views.problems import Problem


def entry(problem: Problem, reason: str, expires: date | None) -> str:
    """The TOML text of a `[[suppress]]` entry, its subject matching that one resource only."""
    subject = glob.escape(problem.subject)
    lines = [
        "[[suppress]]",
        f"check = {_quoted(problem.check.id)}",
        f"subject = {_quoted(subject)}",
        f"reason = {_quoted(reason)}",
    ]
    if expires is not None:
        lines.append(f"expires = {expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic TOML string: JSON's, in which only the delete character must not stand as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def end_date(text: str, today: date) -> date | None:
    """The last day a suppression holds; None for an empty text.

    Raises:
        ValueError: the text is no date, or one that is over.
    """
    if not text.strip():
        return None
    day = date.fromisoformat(text.strip())
    if day < today:
        raise ValueError(f"{day} is over")
    return day


_HEADER = re.compile(r"^\s*\[\[\s*suppress\s*\]\]\s*(#.*)?$")
_TABLE = re.compile(r"^\s*\[")


class Removal(NamedTuple):
    """A suppressions file without one of its entries."""

    line: int
    """Where the entry begins, counted from one; 0 where that cannot be told."""
    text: str | None
    """The file's text without it; None where it cannot be taken out for sure."""


def without(text: str, number: int) -> Removal:
    """The text of a suppressions file without one entry, counted from zero.

    Comments and all other lines stay as they are; what is left is read again to make sure that
    nothing but the entry is missing.
    """
    lines = text.splitlines(keepends=True)
    heads = [at for at, one in enumerate(lines) if _HEADER.match(one)]
    entries = parse(text, "")
    if len(heads) != len(entries):
        return Removal(0, None)
    start = heads[number]
    later = (at for at in range(start + 1, len(lines)) if _TABLE.match(lines[at]))
    candidates = [*later, len(lines)]
    for end in candidates:
        left = _cut(lines, start, end)
        if _reads_as(left, (*entries[:number], *entries[number + 1 :])):
            return Removal(start + 1, left)
    return Removal(start + 1, None)


def _cut(lines: list[str], start: int, end: int) -> str:
    kept = [one for one in lines[start:end] if one.lstrip().startswith("#") or not one.strip()]
    if kept and not kept[0].strip() and (not start or not lines[start - 1].strip()):
        del kept[0]
    return "".join((*lines[:start], *kept, *lines[end:]))


def _reads_as(text: str, entries: tuple[Suppression, ...]) -> bool:
    try:
        return parse(text, "") == entries
    except SnapshotError:
        return False
