"""Reads indented files in bounded memory: what `az` prints, or any tool that indents evenly.

All rows begin and end at one indentation, and a line feed cannot stand inside a JSON text, so the
rows can be told apart without decoding what lies between.
"""

import re
from collections.abc import Iterator

from pgtopo.sources.header import Header, OtherLayout, header_around, opens_rows
from pgtopo.sources.intake import Intake
from pgtopo.sources.progress import Meter
from pgtopo.sources.streams import SourceFile, pieces

_LONGEST_ROW = 32 << 20
_LONGEST_HEAD = 1 << 20
_FIRST_ROW = re.compile(rb"(\[)[ \t]*\r?\n([ \t]+)\{[ \t]*\r?\n")


def read_indented(source: SourceFile, intake: Intake, meter: Meter | None = None) -> Header:
    """Take in an indented file row by row and return what stands around its rows.

    Raises:
        OtherLayout: where the file is not indented evenly, or has rows that are none.
        SnapshotError: where the file cannot be read or is no snapshot of a known version.
    """
    reader = _IndentedReader(pieces(source, meter), source.name)
    for number, (row, offset) in enumerate(reader.rows(), 1):
        intake.feed(row, number, offset, len(row))
        if intake.set_aside:
            raise OtherLayout
    return header_around(reader.before, reader.after, source.name, intake.issues)


class _IndentedReader:
    """Cuts a text into what stands before the rows, the rows, and what stands after them."""

    def __init__(self, found: Iterator[bytes], name: str) -> None:
        self._found = found
        self._text = b""
        self.after = b""
        self.before, self._end = self._read_head(name)

    def _read_head(self, name: str) -> tuple[bytes, bytes]:
        """What stands before the first row, and how every row ends."""
        start = 0
        while len(self._text) < _LONGEST_HEAD:
            piece = next(self._found, None)
            if piece is None:
                break
            self._text += piece
            for match in _FIRST_ROW.finditer(self._text, start):
                before = self._text[: match.end(1)]
                if opens_rows(before, name):
                    self._text = self._text[match.end(1) :]
                    return before, b"\n" + match[2] + b"}"
                start = match.end(1)
        raise OtherLayout

    def rows(self) -> Iterator[tuple[bytes, int]]:
        """Every row with its place in the text."""
        offset = len(self.before)
        separator = self._end + b","
        text = self._text
        while True:
            parts = text.split(separator)
            text = parts.pop()
            for part in parts:
                start = part.find(b"{")
                yield part[start:] + self._end, offset + start
                offset += len(part) + len(separator)
            piece = next(self._found, None)
            if piece is None:
                break
            text += piece
            if len(text) > _LONGEST_ROW:
                raise OtherLayout
        start, end = text.find(b"{"), text.find(self._end)
        if not 0 <= start < end:
            raise OtherLayout
        end += len(self._end)
        yield text[start:end], offset + start
        self.after = text[end:]
