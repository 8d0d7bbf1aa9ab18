"""Documents as bytes: one spelling of JSON, stable and harmless on a terminal."""

import json
import re

import msgspec

_ACTIVE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def document(content: object) -> bytes:
    """An indented JSON document that ends with a line break."""
    return _encoded(content, indent=2)


def compact(content: object) -> bytes:
    """The same on one line, for documents with very many entries."""
    return _encoded(content, indent=0)


def _encoded(content: object, *, indent: int) -> bytes:
    try:
        data = msgspec.json.encode(content)
    except (OverflowError, UnicodeEncodeError):  # very large numbers, lone surrogates
        plain = msgspec.to_builtins(content)
        separators = None if indent else (",", ":")
        return json.dumps(plain, indent=indent or None, separators=separators).encode() + b"\n"
    if indent:
        data = msgspec.json.format(data, indent=indent)  # the shorter text is let go at once
    return _harmless(data) + b"\n"


def _harmless(data: bytes) -> bytes:
    """Spell invisible and bidirectional characters as JSON escapes: the same text, but seen."""
    if data.isascii() and b"\x7f" not in data:
        return data
    text = data.decode()
    return _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()
