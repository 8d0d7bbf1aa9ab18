"""Changes inside a JSON text, so that what comes out is JSON too."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.fuzz.mutants import mutant

_HEADS = (1, 2)
"""Bytes before the text that say what it is read as."""


def shaped(data: bytes, chance: random.Random) -> bytes | None:
    """The bytes with something else inside their JSON; None where they hold none."""
    for size in _HEADS:
        found = _value(data[size:])
        if isinstance(found, list | dict) and found:
            try:
                return data[:size] + _changed(found, chance)
            except RecursionError:
                return None
    return None


def _changed(value: Any, chance: random.Random) -> bytes:
    if isinstance(value, list):
        made: Any = mutant(value, chance)
    else:
        made = mutant([value], chance)
        made = made[0] if len(made) == 1 else made
    return json.dumps(made).encode("utf-8", "surrogatepass")


def _value(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
