"""What Azure answered, taken apart without the SDK: rows, tokens, errors, how long to wait."""

import email.utils
import math
import time
from collections.abc import Mapping
from typing import Any

import msgspec

Raw = msgspec.Raw
LONGEST_TEXT = 200


class Answer(msgspec.Struct, frozen=True):
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


class NoAnswer(Exception):
    """Nothing came back, or not all of it."""

    def __init__(self, cause: str, *, was_sent: bool = True) -> None:
        super().__init__(cause)
        self.cause = cause
        self.was_sent = was_sent
        """False where there was not even a connection."""


class Page(msgspec.Struct, frozen=True):
    """One page of the answer to a query."""

    data: list[Raw]
    total: int | None = msgspec.field(default=None, name="totalRecords")
    token: str | None = msgspec.field(default=None, name="$skipToken")
    truncated: Any = msgspec.field(default="false", name="resultTruncated")

    @property
    def is_cut(self) -> bool:
        """Whether rows are missing that no token leads to."""
        return not self.token and str(self.truncated).lower() == "true"


class Columns(msgspec.Struct, frozen=True):
    """The names of the columns of a table."""

    name: str


class Table(msgspec.Struct, frozen=True):
    """Rows in table form, which older gateways answer with."""

    columns: list[Columns]
    rows: list[list[Raw]]


class TablePage(msgspec.Struct, frozen=True):
    """One page in table form."""

    data: Table
    total: int | None = msgspec.field(default=None, name="totalRecords")
    token: str | None = msgspec.field(default=None, name="$skipToken")
    truncated: Any = msgspec.field(default="false", name="resultTruncated")


class Listing(msgspec.Struct, frozen=True):
    """One page of an ARM list."""

    value: list[Raw] | None
    next_link: str | None = msgspec.field(default=None, name="nextLink")


class Detail(msgspec.Struct, frozen=True):
    """An inner error."""

    code: str | None = None
    message: str | None = None


class Error(msgspec.Struct, frozen=True):
    """An error as Resource Manager words it."""

    code: str | None = None
    message: str | None = None
    details: list[Detail] | None = None


class _ErrorBody(msgspec.Struct, frozen=True):
    error: Error | None = None


_decode_page = msgspec.json.Decoder(Page).decode
_decode_table = msgspec.json.Decoder(TablePage).decode
_decode_listing = msgspec.json.Decoder(Listing).decode
_decode_error = msgspec.json.Decoder(_ErrorBody).decode


def page_in(body: bytes) -> Page | None:
    """The page in a body; None where it is cut off or something else."""
    try:
        return _decode_page(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return _from_table(body)


def _from_table(body: bytes) -> Page | None:
    try:
        found = _decode_table(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    names = [column.name for column in found.data.columns]
    rows = [
        Raw(msgspec.json.encode(dict(zip(names, cells, strict=False)))) for cells in found.data.rows
    ]
    return Page(rows, found.total, found.token, found.truncated)


def listing_in(body: bytes) -> Listing | None:
    """The list in a body; None where it is cut off or something else."""
    try:
        return _decode_listing(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def error_in(body: bytes) -> Error:
    """The error in a body; an empty one where the body is anything else."""
    try:
        return _decode_error(body).error or Error()
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Error()


def codes_of(error: Error) -> frozenset[str]:
    """All codes of an error, the inner ones too, in lower case."""
    inner = [detail.code for detail in error.details or ()]
    return frozenset(code.lower() for code in (error.code, *inner) if code)


def told(answer: Answer) -> str:
    """What went wrong, in one line."""
    error = error_in(answer.body)
    inner = next((one for one in reversed(error.details or ()) if one.message), None)
    text = (inner.message if inner else None) or error.message or error.code or ""
    code = (inner.code if inner else None) or error.code or ""
    first, code = (" ".join(said.split()) for said in (text, code))
    short = first if len(first) <= LONGEST_TEXT else f"{first[:LONGEST_TEXT]}..."
    return (
        f"HTTP {answer.status}"
        + (f" {code}" if code and code != short else "")
        + (f": {short}" if short else "")
    )


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds for which an answer asks to wait; None where it says nothing about it."""
    for name, unit in (("retry-after-ms", 1000.0), ("x-ms-retry-after-ms", 1000.0)):
        found = _number(headers.get(name, ""))
        if found is not None:
            return found / unit
    text = headers.get("retry-after", "")
    found = _number(text)
    if found is not None:
        return found
    return _until(text) if text else resets_after(headers)


def quota_left(headers: Mapping[str, str]) -> int | None:
    """How many queries Resource Graph still allows in its window; None where it does not say."""
    found = _number(headers.get("x-ms-user-quota-remaining", ""))
    return None if found is None else int(found)


def resets_after(headers: Mapping[str, str]) -> float | None:
    """Seconds until that window is over, written `hh:mm:ss` with or without a fraction."""
    parts = headers.get("x-ms-user-quota-resets-after", "").split(":")
    numbers = [_number(part) for part in parts]
    if len(numbers) != 3:
        return numbers[0] if len(numbers) == 1 else None
    hours, minutes, seconds = numbers
    if hours is None or minutes is None or seconds is None:
        return None
    return hours * 3600 + minutes * 60 + seconds


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and found >= 0 else None


def _until(text: str) -> float | None:
    """Seconds until a date as HTTP writes it."""
    try:
        moment = email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return max(0.0, moment - time.time())
