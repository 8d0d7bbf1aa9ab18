"""What stands around the rows of a file: the envelope of a snapshot or of an answer."""

import datetime
import re
from typing import Any

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.model.base import ParseIssue
from pgtopo.model.coverage import CoverageEntry
from pgtopo.sources import coverage as covering
from pgtopo.sources.lenient import Unreadable, untyped

FORMAT = "pgtopo.snapshot"
VERSION = 1
FORMS = (
    "expected a pgtopo snapshot, an array of resources, what `az graph query -o json` prints, "
    "an ARM list, or one resource per line"
)

Raw = msgspec.Raw


class Envelope(msgspec.Struct):
    """The members of a JSON object that can hold rows; each as raw text."""

    format: Raw | msgspec.UnsetType = msgspec.UNSET
    version: Raw | msgspec.UnsetType = msgspec.UNSET
    created_at: Raw | msgspec.UnsetType = msgspec.UNSET
    scope: Raw | msgspec.UnsetType = msgspec.UNSET
    coverage: Raw | msgspec.UnsetType = msgspec.UNSET
    rows: Raw | msgspec.UnsetType = msgspec.UNSET
    data: Raw | msgspec.UnsetType = msgspec.UNSET
    value: Raw | msgspec.UnsetType = msgspec.UNSET
    id: Raw | msgspec.UnsetType = msgspec.UNSET
    type: Raw | msgspec.UnsetType = msgspec.UNSET
    schema: Raw | msgspec.UnsetType = msgspec.UNSET
    error: Raw | msgspec.UnsetType = msgspec.UNSET
    skip_token: Raw | msgspec.UnsetType = msgspec.UNSET
    skip_token_rest: Raw | msgspec.UnsetType = msgspec.field(
        default=msgspec.UNSET, name="$skipToken"
    )
    next_link: Raw | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="nextLink")


decode_envelope = msgspec.json.Decoder(Envelope).decode

_OPENS_ROWS = re.compile(rb'"(?:rows|data|value)"[ \t\r\n]*:[ \t\r\n]*\[$')

_OPENS_ENVELOPE = re.compile(
    rb'\{[ \t\r]*(?:$|"(?:format|version|created_at|tool|scope|coverage|rows|data|value|count'
    rb'|total_?records|skip_?token|\$skipToken|nextLink|facets|resultTruncated)")',
    re.IGNORECASE,
)


class OtherLayout(Exception):
    """The rows of a file are not laid out as this reader expects."""


class Header(msgspec.Struct):
    """What a file says about its rows."""

    created_at: str = ""
    """In UTC, as ISO 8601 to the microsecond, so that texts compare like times; or empty."""
    scope: dict[str, Any] = msgspec.field(default_factory=dict)
    stated: list[CoverageEntry] | None = None
    has_more: bool = False
    """The file is one page of an answer that goes on."""
    rows_member: str = ""
    """Which member holds the rows: `rows`, `data`, `value`, or empty for none."""


def header_of(envelope: Envelope, name: str, issues: list[ParseIssue]) -> Header:
    """What an envelope says; odd members are noted.

    Raises:
        SnapshotError: where the object holds no rows in a form pgtopo reads.
    """
    made = Header(rows_member=_rows_member(envelope, name))
    made.created_at = _time(_value(envelope.created_at), issues)
    scope = _value(envelope.scope)
    made.scope = scope if isinstance(scope, dict) else {}
    if made.rows_member == "rows" and _is_set(envelope.coverage):
        made.stated = covering.stated(_value(envelope.coverage), issues)
    tokens = (envelope.skip_token, envelope.skip_token_rest, envelope.next_link)
    made.has_more = any(bool(_value(token)) for token in tokens)
    return made


def envelope_in(text: bytes) -> Envelope | None:
    """The envelope in a text; None where the text is no JSON object."""
    try:
        return decode_envelope(text)
    except (ValueError, RecursionError):
        return None


def opens_envelope(line: bytes) -> bool:
    """Whether a line begins an object that holds rows, or an object laid out over lines."""
    return _OPENS_ENVELOPE.match(line) is not None


def opens_rows(before: bytes, name: str) -> bool:
    """Whether a text is all that stands before the first row, its array's bracket included.

    Raises:
        SnapshotError: where it opens a snapshot of an unknown version.
    """
    if before.strip() == b"[":
        return True
    if not _OPENS_ROWS.search(before, max(0, len(before) - 200)):
        return False
    envelope = envelope_in(before + b"]}")
    if envelope is not None and envelope.format is not msgspec.UNSET:
        _check_format(envelope, name)
    return envelope is not None


def header_around(before: bytes, after: bytes, name: str, issues: list[ParseIssue]) -> Header:
    """What the texts before and after the rows say.

    Raises:
        OtherLayout: where the two do not make a JSON text.
        SnapshotError: where they hold no rows in a form pgtopo reads.
    """
    if before.strip() == b"[":
        if after.strip() != b"]":
            raise OtherLayout
        return Header()
    envelope = envelope_in(before + after)
    if envelope is None:
        raise OtherLayout
    return header_of(envelope, name, issues)


def _rows_member(envelope: Envelope, name: str) -> str:
    if envelope.format is not msgspec.UNSET:
        _check_format(envelope, name)
        if envelope.rows is msgspec.UNSET:
            raise SnapshotError(f'{name}: a snapshot without "rows"', "collect it again")
        return "rows"
    if _is_set(envelope.id) and _is_set(envelope.type):
        return ""
    if envelope.data is not msgspec.UNSET:
        return "data"
    if envelope.value is not msgspec.UNSET:
        return "value"
    if _is_set(envelope.id):
        return ""
    raise SnapshotError(f"{name}: {_other_object(envelope)}", FORMS)


def _check_format(envelope: Envelope, name: str) -> None:
    stated = _value(envelope.format)
    if stated != FORMAT:
        shown = stated if isinstance(stated, str) else "an unknown format"
        raise SnapshotError(f"{name}: is {shown[:60]!r}, not {FORMAT!r}", FORMS)
    version = _value(envelope.version)
    if isinstance(version, bool) or version not in (VERSION, str(VERSION)):
        shown = str(version)[:20] if isinstance(version, int | float | str) else "none"
        raise SnapshotError(
            f"{name}: snapshot version {shown}; this pgtopo reads version {VERSION}",
            "a newer pgtopo wrote it: upgrade, or collect again with this one",
        )


def _other_object(envelope: Envelope) -> str:
    schema = _value(envelope.schema)
    if isinstance(schema, str) and schema.startswith(FORMAT):
        return f"says {schema[:40]!r}, which is no form of snapshot that this version reads"
    if isinstance(schema, str) and schema.startswith("pgtopo."):
        return f"is a result of pgtopo ({schema[:40]}), not its input"
    error = _value(envelope.error)
    if isinstance(error, dict):
        return f"is an error answer of Azure ({str(error.get('code', 'no code'))[:60]})"
    return "is a JSON object without rows"


def _is_set(raw: Raw | msgspec.UnsetType) -> bool:
    return raw is not msgspec.UNSET and bytes(raw) != b"null"


def _value(raw: Raw | msgspec.UnsetType) -> Any:
    if raw is msgspec.UNSET:
        return None
    try:
        return untyped(bytes(raw))
    except Unreadable:
        return None


def _time(value: Any, issues: list[ParseIssue]) -> str:
    if value is None:
        return ""
    try:
        found = datetime.datetime.fromisoformat(value)
        if found.tzinfo is None:
            found = found.replace(tzinfo=datetime.UTC)
        moment = found.astimezone(datetime.UTC)
    except (TypeError, ValueError, OverflowError):
        issues.append(ParseIssue("", "created_at", "not a time"))
        return ""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
