"""Findings a team has decided to live with: each with a reason, and best with an end date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from pgtopo.checks.base import AnyCheck, Family
from pgtopo.checks.finding import Finding
from pgtopo.checks.selection import named
from pgtopo.errors import SnapshotError, UsageError
from pgtopo.model.digits import whole_number

_HINT = '[[suppress]] takes check = "PGT103", subject = "glob over the id", reason, expires'
_KEYS = {"check", "subject", "reason", "expires"}
_EVERY = "*"


class Suppression(msgspec.Struct, frozen=True, kw_only=True):
    """One `[[suppress]]` entry."""

    check: str
    """Check id, slug or family, in lower case."""
    subject: str
    """Glob over the folded id."""
    reason: str
    expires: date | None
    """The last day on which it holds."""

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of a finding."""
        names = (finding.check.lower(), finding.slug, family_of(finding.check), _EVERY)
        return self.check in names and fnmatchcase(finding.subject, self.subject)

    def __str__(self) -> str:
        return f"{self.check.upper()} on {self.subject}"


def family_of(check_id: str) -> str:
    """The family word of a check id."""
    number = whole_number(check_id[3:4])
    return "" if number is None else Family(number).label


def first_covering(entries: Iterable[Suppression], finding: Finding) -> Suppression | None:
    """The first entry that covers a finding."""
    return next((entry for entry in entries if entry.covers(finding)), None)


def idle(entries: Iterable[Suppression], findings: Sequence[Finding]) -> list[Suppression]:
    """The entries that cover none of the findings."""
    return [entry for entry in entries if not any(entry.covers(one) for one in findings)]


def require_known(entries: Iterable[Suppression], checks: Sequence[AnyCheck], source: str) -> None:
    """Hold that every entry speaks of checks there are.

    Raises:
        SnapshotError: one names neither a check id, nor a slug, nor a family.
    """
    for number, entry in enumerate(entries, 1):
        if entry.check == _EVERY:
            continue
        try:
            named(checks, entry.check)
        except UsageError as error:
            text = f"{source}: suppression {number}: {error.message}"
            raise SnapshotError(text, error.hint) from None


def parse(text: str, source: str) -> tuple[Suppression, ...]:
    """The entries of a suppressions file, expired ones included.

    Raises:
        SnapshotError: the text is no TOML, or an entry lacks a reason or does not fit.
    """
    import tomllib

    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SnapshotError(f"{source} is not TOML: {error}", _HINT) from None
    unknown = sorted(set(content) - {"suppress"})
    if unknown:
        raise SnapshotError(f"{source}: there is no key {unknown[0]!r} here", _HINT)
    entries = content.get("suppress", [])
    if not isinstance(entries, list):
        raise SnapshotError(f"{source}: suppress is not a list of tables", _HINT)
    return tuple(_entries(entries, source))


def _entries(entries: list[Any], source: str) -> Iterator[Suppression]:
    for number, entry in enumerate(entries, 1):
        where = f"{source}: suppression {number}"
        if not isinstance(entry, dict):
            raise SnapshotError(f"{where} is not a table", _HINT)
        unknown = sorted(set(entry) - _KEYS)
        if unknown:
            raise SnapshotError(f"{where} has an unknown key {unknown[0]!r}", _HINT)
        yield Suppression(
            check=_text(entry, "check", where).lower().replace("_", "-"),
            subject=_text(entry, "subject", where, default="*").lower().rstrip("/"),
            reason=_text(entry, "reason", where),
            expires=_day(entry.get("expires"), where),
        )


def _text(entry: dict[str, Any], key: str, where: str, default: str = "") -> str:
    value = entry.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise SnapshotError(f"{where} has no {key}", _HINT)
    return value.strip()


def _day(value: object, where: str) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise SnapshotError(f"{where}: expires is no date: {value!r}", _HINT) from None
