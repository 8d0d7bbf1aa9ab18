"""Reads a file as one JSON document: indented exports, tables, and whatever is on one line."""

import re
from collections.abc import Iterable

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.sources import scan
from pgtopo.sources.header import FORMS, Envelope, Header, decode_envelope, header_of
from pgtopo.sources.intake import Intake
from pgtopo.sources.lenient import Unreadable, untyped
from pgtopo.sources.streams import SourceFile

Text = bytes | bytearray

_SEPARATOR = re.compile(rb"[ \t\r\n,]*")
_PROBE = 1 << 16
_AT_BYTE = re.compile(r"\(byte (\d+)\)")

_decode_rows = msgspec.json.Decoder(list[msgspec.Raw]).decode


class Broken(SnapshotError):
    """A text that is not JSON as a whole."""


def read_document(source: SourceFile, text: Text, intake: Intake) -> Header:
    """Take in a whole document and return what stands around its rows.

    Raises:
        Broken: where the text is not JSON; says at which line and column.
        SnapshotError: where it is JSON but holds no rows in a form pgtopo reads.
    """
    start = scan.skip_blank(text, 0)
    if start == len(text):
        raise SnapshotError(f"{source.name}: the file is empty", "export the rows again")
    try:
        if text[start] == 0x5B:
            _feed_raw(text, start + 1, _decode_rows(text), intake)
            return Header()
        if text[start] == 0x7B:
            return _read_object(source, text, start, intake)
    except (ValueError, RecursionError) as failure:
        raise _broken(source.name, text, failure) from None
    raise _no_rows(source.name, text)


def _no_rows(name: str, text: Text) -> SnapshotError:
    """The text begins with neither an array nor an object."""
    try:
        value = msgspec.json.decode(text)
    except (ValueError, RecursionError) as failure:
        return _broken(name, text, failure)
    found = "text" if isinstance(value, str) else "a single value"
    return SnapshotError(f"{name}: holds {found}, not rows", FORMS)


def _read_object(source: SourceFile, text: Text, start: int, intake: Intake) -> Header:
    envelope = decode_envelope(text)
    header = header_of(envelope, source.name, intake.issues)
    if not header.rows_member:
        row = bytes(text[start:]).rstrip()
        intake.feed(row, 1, start, len(row))
        return header
    raw = memoryview(getattr(envelope, header.rows_member))
    at = max(text.find(bytes(raw[:_PROBE]), start), 0)
    if raw[0] == 0x5B:
        _feed_raw(text, at + 1, _decode_rows(raw), intake)
    elif raw[0] == 0x7B and header.rows_member == "data":
        _read_table(source, text, at, bytes(raw), intake)
    else:
        raise _bad_member(source.name, header.rows_member)
    return header


def _bad_member(name: str, member: str) -> SnapshotError:
    return SnapshotError(f'{name}: "{member}" is no list of rows', FORMS)


def _feed_raw(text: Text, at: int, rows: Iterable[msgspec.Raw], intake: Intake) -> None:
    for number, raw in enumerate(rows, 1):
        row = bytes(raw)
        found = _SEPARATOR.match(text, at)
        at = found.end() if found else at
        intake.feed(row, number, at, len(row))
        at += len(row)


class _Table(msgspec.Struct):
    """The table form of an answer."""

    columns: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    rows: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET


def _read_table(source: SourceFile, text: Text, at: int, raw: bytes, intake: Intake) -> None:
    try:
        table = msgspec.json.decode(raw, type=_Table)
    except msgspec.ValidationError:
        raise _bad_member(source.name, "data") from None
    if isinstance(table.columns, msgspec.UnsetType) or isinstance(table.rows, msgspec.UnsetType):
        raise _bad_member(source.name, "data")
    source.columns = _columns(bytes(table.columns), source.name)
    members = scan.members(raw, 0)
    place = at + members["rows"][0] + 1
    for number, cells in enumerate(table.rows, 1):
        found = _SEPARATOR.match(text, place)
        place = found.end() if found else place
        row = bytes(cells)
        intake.feed(as_object(source.columns, row), number, place, len(row))
        place += len(row)


def _columns(raw: bytes, name: str) -> tuple[str, ...]:
    found = untyped(raw)
    if not isinstance(found, list):
        raise _bad_member(name, "data.columns")
    names = (one.get("name") if isinstance(one, dict) else one for one in found)
    return tuple(one if isinstance(one, str) else "" for one in names)


_OBJECTS = frozenset({"properties", "tags", "sku", "identity", "plan", "zones"})
"""Columns whose cells some exports write as JSON inside a text."""


def as_object(columns: tuple[str, ...], row: bytes) -> bytes:
    """A table's row as a JSON object; as it is where it is no list of cells."""
    try:
        cells = _decode_rows(row)
    except (ValueError, RecursionError):
        return row
    parts = (
        msgspec.json.encode(column) + b":" + _cell(column, bytes(cell))
        for column, cell in zip(columns, cells, strict=False)
        if column
    )
    return b"{" + b",".join(parts) + b"}"


def _cell(column: str, cell: bytes) -> bytes:
    """A cell's JSON; what a text holds where the column is one of objects."""
    if cell[:1] != b'"' or column.lower() not in _OBJECTS:
        return cell
    try:
        inner = msgspec.json.decode(cell, type=str).strip().encode()
        is_held = inner[:1] in (b"{", b"[") and untyped(inner) is not None
    except (ValueError, RecursionError):
        return cell
    return inner if is_held else cell


def read_damaged(source: SourceFile, text: Text, intake: Intake) -> Header:
    """Take in a document that no decoder reads as a whole, row by row.

    Raises:
        Unbalanced: where even the brackets do not match.
        SnapshotError: where no rows are found.
    """
    start = scan.skip_blank(text, 0)
    if text[start : start + 1] == b"[":
        _nothing_after(text, start)
        _feed_spans(text, start, intake)
        return Header()
    if text[start : start + 1] != b"{":
        raise scan.Unbalanced(start)
    _nothing_after(text, start)
    members = scan.members(text, start)
    header = header_of(_envelope(text, members), source.name, intake.issues)
    begin = members[header.rows_member][0] if header.rows_member else start
    if text[begin : begin + 1] != b"[":
        raise _bad_member(source.name, header.rows_member or "id")
    _feed_spans(text, begin, intake)
    return header


def _nothing_after(text: Text, start: int) -> None:
    end = scan.skip_blank(text, scan.end_of(text, start))
    if end != len(text):
        raise scan.Unbalanced(end)


def _envelope(text: Text, members: dict[str, tuple[int, int]]) -> Envelope:
    """The envelope of a damaged text; members that cannot be read count as null."""
    found = {}
    for field in msgspec.structs.fields(Envelope):
        span = members.get(field.encode_name)
        if span is not None:
            is_rows = field.encode_name in ("rows", "data", "value")
            raw = b"[]" if is_rows else bytes(text[span[0] : span[1]])
            found[field.name] = msgspec.Raw(raw)
    return Envelope(**found)


def _feed_spans(text: Text, start: int, intake: Intake) -> None:
    for number, (begin, end) in enumerate(scan.elements(text, start), 1):
        intake.feed(bytes(text[begin:end]), number, begin, end - begin)


def _broken(name: str, text: Text, failure: Exception) -> Broken:
    if isinstance(failure, RecursionError):
        return Broken(f"{name}: nested too deeply", "no resource of Azure looks like this")
    if isinstance(failure, Unreadable):
        return Broken(f"{name}: {failure}", FORMS)
    message = str(failure)
    found = _AT_BYTE.search(message)
    at = int(found[1]) if found else len(text)
    line = text.count(b"\n", 0, at) + 1
    column = at - text.rfind(b"\n", 0, at)
    if found is None:
        reason = "the file ends in the middle of a value"
    elif "trailing" in message:
        reason = "more text after the end of the document"
    else:
        reason = "not JSON here"
    return Broken(f"{name}: line {line:,} column {column:,}: {reason}", _advice(found is None))


def _advice(is_cut: bool) -> str:  # noqa: FBT001 - a private choice of two texts
    if is_cut:
        return "the file was cut short: copy or export it again"
    return FORMS
