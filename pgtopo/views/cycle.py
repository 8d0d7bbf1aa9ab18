"""Settings that one key goes through, round and round."""

from enum import Enum
from typing import Self


class Cycle(Enum):
    """A setting with a next one."""

    @property
    def next(self) -> Self:
        """The one that follows; the first after the last."""
        every = list(type(self))
        return every[(every.index(self) + 1) % len(every)]
