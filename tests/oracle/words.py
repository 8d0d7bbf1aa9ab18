"""The three words of a verdict and how they are folded."""

from __future__ import annotations

from collections.abc import Iterable

ALLOWED = "allowed"
BLOCKED = "blocked"
UNKNOWN = "unknown"


def both(words: Iterable[str]) -> str:
    """All of them must hold: one blocked blocks, else one unknown leaves it open."""
    seen = set(words)
    if BLOCKED in seen:
        return BLOCKED
    return UNKNOWN if UNKNOWN in seen else ALLOWED


def one_of(words: Iterable[str]) -> str:
    """One of them holds, and nobody knows which: what they all say, else unknown."""
    seen = set(words)
    return seen.pop() if len(seen) == 1 else UNKNOWN
