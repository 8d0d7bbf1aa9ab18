"""Takes a JSON text apart by its brackets alone, where no decoder can read it as a whole.

One damaged or absurdly deep row makes a decoder give up on the whole text. Brackets and texts are
enough to tell where each row begins and ends, and then every row can be judged by itself.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]|,', re.DOTALL)
_BLANK = re.compile(rb"[ \t\r\n]*")
_KEY = re.compile(rb'"([^"\\]*(?:\\.[^"\\]*)*)"[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)


class Unbalanced(ValueError):
    """The brackets of a text do not match."""

    def __init__(self, at: int) -> None:
        super().__init__(f"brackets do not match at byte {at}")
        self.at = at


def skip_blank(text: bytes | bytearray, start: int) -> int:
    """The place of the first byte from `start` that is no blank."""
    found = _BLANK.match(text, start)
    return found.end() if found else start


def elements(text: bytes | bytearray, start: int) -> Iterator[tuple[int, int]]:
    """Where each element of an array or object begins and ends, its bracket being at `start`.

    Raises:
        Unbalanced: where the text ends before the bracket is closed.
    """
    depth = 0
    begin = start + 1
    for token in _TOKEN.finditer(text, start):
        mark = text[token.start()]
        if mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
            if depth == 0:
                yield from _trimmed(text, begin, token.start())
                return
        elif mark == 0x2C and depth == 1:
            yield from _trimmed(text, begin, token.start())
            begin = token.end()
    raise Unbalanced(len(text))


def _trimmed(text: bytes | bytearray, begin: int, end: int) -> Iterator[tuple[int, int]]:
    begin = skip_blank(text, begin)
    while end > begin and text[end - 1] in b" \t\r\n":
        end -= 1
    if end > begin:
        yield begin, end


def end_of(text: bytes | bytearray, start: int) -> int:
    """The place just behind the array or object whose bracket is at `start`.

    Raises:
        Unbalanced: where it is not closed.
    """
    depth = 0
    for token in _TOKEN.finditer(text, start):
        mark = text[token.start()]
        if mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
            if depth == 0:
                return token.end()
    raise Unbalanced(len(text))


def readable_members(text: bytes | bytearray) -> Iterator[tuple[str, bytes]]:
    """The members of a damaged object, name and value, up to where its brackets break."""
    start = text.find(b"{")
    if start < 0:
        return
    try:
        for begin, end in elements(text, start):
            key = _KEY.match(text, begin, end)
            if key is not None:
                yield key[1].decode("utf-8", "replace"), bytes(text[key.end() : end])
    except Unbalanced:
        return


def members(text: bytes | bytearray, start: int) -> dict[str, tuple[int, int]]:
    """The values of an object by name: where each begins and ends; the last of a name counts."""
    found: dict[str, tuple[int, int]] = {}
    for begin, end in elements(text, start):
        key = _KEY.match(text, begin, end)
        if key is not None:
            found[key[1].decode("utf-8", "replace")] = (key.end(), end)
    return found
