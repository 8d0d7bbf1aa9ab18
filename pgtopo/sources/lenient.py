"""Decodes JSON that is not quite JSON, without types."""

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import json


class Unreadable(ValueError):
    """A row that cannot be read at all."""


def untyped(text: bytes) -> Any:
    """The value of a JSON text, forgiving what some writers get wrong.

    NaN, Infinity, lone surrogates, control characters in texts, bytes that are not UTF-8 and
    numbers without end are accepted here.

    Raises:
        Unreadable: where the text is not JSON, or nested too deeply.
    """
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        pass
    try:
        return _decoder().decode(text.decode("utf-8", errors="replace"))
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except ValueError as failure:
        raise Unreadable(f"not JSON: {failure}") from None


@cache
def _decoder() -> "json.JSONDecoder":
    """The standard library's decoder, which few files need."""
    import json

    return json.JSONDecoder(strict=False, parse_int=_number)


def _number(text: str) -> int | float:
    return int(text) if len(text) < 400 else float("inf")
