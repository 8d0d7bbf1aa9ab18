"""Reads files with one row per line, in bounded memory: JSON lines, or an array laid out so.

The array may stand alone or inside an envelope, as pgtopo writes snapshots.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from pgtopo.sources.header import (
    Header,
    OtherLayout,
    envelope_in,
    header_around,
    opens_envelope,
    opens_rows,
)
from pgtopo.sources.intake import Intake
from pgtopo.sources.progress import Meter
from pgtopo.sources.streams import CHUNK, SourceFile, pieces

_LONGEST_LINE = 32 << 20
_LONGEST_FRAME = 16 << 20
"""What may stand before or after the rows."""
_BLANK = b" \t\r"
_BLANK_OR_COMMA = b" \t\r,"

_decode_raw = msgspec.json.Decoder(msgspec.Raw).decode


def read_by_line(
    source: SourceFile, intake: Intake, meter: Meter | None = None, *, is_strict: bool = True
) -> Header:
    """Take in a file line by line and return what stands around its rows.

    Where it is not strict, a line that is no row is set aside rather than taken as a sign of
    another layout.

    Raises:
        OtherLayout: where rows do not keep to lines, or the array is not closed.
        SnapshotError: where the file cannot be read or is no snapshot of a known version.
    """
    intake.unit = "line"
    reader = _LineReader(source.name, intake, is_strict=is_strict)
    # A buffered reader finds line feeds several times faster than splitting does.
    with io.BufferedReader(_Stream(pieces(source, meter)), CHUNK) as lines:
        reader.take(lines)
    return reader.finish()


class _Stream(io.RawIOBase):
    """Pieces of a text as a stream."""

    def __init__(self, found: Iterator[bytes]) -> None:
        self._found = found
        self._piece = memoryview(b"")
        self._held = 0
        """Bytes since the last line feed."""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as the piece at hand goes.

        Raises:
            OtherLayout: where a line grows too long.
        """
        while not self._piece:
            piece = next(self._found, None)
            if piece is None:
                return 0
            self._held = 0 if b"\n" in piece else self._held + len(piece)
            if self._held > _LONGEST_LINE:
                raise OtherLayout
            self._piece = memoryview(piece)
        size = min(len(buffer), len(self._piece))
        buffer[:size] = self._piece[:size]
        self._piece = self._piece[size:]
        return size


class _LineReader:
    """What is known of a file so far, line by line."""

    def __init__(self, name: str, intake: Intake, *, is_strict: bool) -> None:
        self._name = name
        self._intake = intake
        self._is_strict = is_strict
        self._number = 0
        self._offset = 0
        self._in_rows = False
        self._is_array = False
        """The rows stand in an array that has to be closed."""
        self._odd: Callable[[bytes], None] = self._first
        """Takes every line that is not plainly a row."""
        self._before: list[bytes] = []
        self._after: list[bytes] = []
        self._held = 0

    def take(self, lines: Iterable[bytes]) -> None:
        """Take in lines, each with its line feed."""
        feed = self._intake.feed
        offset = 0
        for number, line in enumerate(lines, 1):
            size = len(line)
            if self._in_rows and line.endswith(b"},\n") and line[0] == 0x7B:
                feed(line[:-2], number, offset, size - 2)
            else:
                self._number, self._offset = number, offset
                self._take_line(line.removesuffix(b"\n"))
            offset += size

    def _take_line(self, line: bytes) -> None:
        text = line.strip(_BLANK_OR_COMMA)
        if self._in_rows and text[:1] == b"{" and text[-1:] == b"}":
            start = 0 if line[0] == 0x7B else line.index(b"{")
            self._intake.feed(text, self._number, self._offset + start, len(text))
        else:
            self._odd(line)

    def finish(self) -> Header:
        """The end of the file."""
        if self._odd == self._row and self._is_array:
            raise OtherLayout
        if self._odd == self._row:
            return Header()
        if self._odd != self._tail:
            raise OtherLayout
        before, after = b"\n".join(self._before), b"\n".join(self._after)
        return header_around(before, after, self._name, self._intake.issues)

    def _feed(self, line: bytes, text: bytes) -> None:
        start = max(line.find(text[:1]), 0) if text else 0
        self._intake.feed(text, self._number, self._offset + start, len(text))

    def _first(self, line: bytes) -> None:
        text = line.strip(_BLANK)
        if not text:
            return
        self._odd = self._row
        row = text.strip(_BLANK_OR_COMMA)
        if text == b"[":
            self._open(text)
        elif text[:1] == b"[" and text[-1:] == b"," and _is_json(row[1:]):
            self._open(b"[")
            inner = row[1:].lstrip(_BLANK)
            self._intake.feed(inner, self._number, self._offset + line.index(inner), len(inner))
        elif text[:1] == b"{" and _is_json(row):
            self._only_rows(line, row)
        elif text[:1] == b"{" and self._is_framed(text):
            self._odd = self._head
            self._head(line)
        elif self._is_strict or (text[:1] == b"[" and not _is_json(row)):
            raise OtherLayout
        else:
            self._in_rows = True
            self._feed(line, row)

    def _is_framed(self, text: bytes) -> bool:
        """Whether an object that goes on after the first line stands around the rows."""
        return self._is_strict or text[-1:] == b"[" or opens_envelope(text)

    def _only_rows(self, line: bytes, row: bytes) -> None:
        """The first line is a complete object: a row, or a document on one line."""
        envelope = envelope_in(row)
        is_row = envelope is not None and envelope.id is not msgspec.UNSET
        if self._is_strict and not is_row:
            raise OtherLayout
        self._in_rows = True
        self._feed(line, row)

    def _open(self, before: bytes) -> None:
        """The rows begin here."""
        self._before = [before]
        self._in_rows = self._is_array = True
        self._odd = self._row

    def _hold(self, lines: list[bytes], line: bytes) -> None:
        lines.append(line)
        self._held += len(line)
        if self._held > _LONGEST_FRAME:
            raise OtherLayout

    def _head(self, line: bytes) -> None:
        self._hold(self._before, line.strip(_BLANK))
        if line.rstrip(_BLANK)[-1:] != b"[":
            return
        text = b"\n".join(self._before)
        if opens_rows(text, self._name):
            self._open(text)

    def _row(self, line: bytes) -> None:
        text = line.strip(_BLANK_OR_COMMA)
        if not text:
            return
        end = text.rfind(b"}]") + 1
        if self._is_array and text[:1] == b"]":
            self._close(text)
        elif self._is_array and end and _is_json(text[:end]):
            self._feed(line, text[:end])
            self._close(text[end:])
        elif self._is_strict and not _is_json(text):
            raise OtherLayout
        else:
            self._feed(line, text)

    def _close(self, rest: bytes) -> None:
        self._in_rows = False
        self._odd = self._tail
        self._held = 0
        self._tail(rest)

    def _tail(self, line: bytes) -> None:
        self._hold(self._after, line)


def _is_json(text: bytes) -> bool:
    try:
        _decode_raw(text)
    except (ValueError, RecursionError):
        return False
    return True
