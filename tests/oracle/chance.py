"""Seeded chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws that depend on nothing but the seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def is_so(self, share: float) -> bool:
        """True in that share of all draws."""
        return self._random.random() < share

    def one(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self._random.randrange(len(things))]

    def some(self, things: Sequence[T], most: int) -> list[T]:
        """Up to that many of the things, each once."""
        return self._random.sample(list(things), min(len(things), self.number(0, most)))

    def number(self, first: int, final: int) -> int:
        """A number between two, both included."""
        return self._random.randint(first, final)

    def cased(self, text: str) -> str:
        """A text as Azure may write it some other day."""
        kind = self.number(0, 3)
        if kind == 0:
            return text.upper()
        return text.lower() if kind == 1 else text
