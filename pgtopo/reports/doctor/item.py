"""One thing that was looked at, and how it is."""

from enum import Enum
from typing import Any

import msgspec


class State(Enum):
    """How something is, the worst first."""

    ERROR = "error"
    """It does not work."""
    WARNING = "warning"
    """It works, and something about it may surprise."""
    OK = "ok"
    NOTE = "note"
    """It is not set up, and need not be."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    name: str
    state: State
    text: str
    hint: str = ""
    """What to do about it, where there is something to do."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Things that belong together."""

    name: str
    items: tuple[Item, ...]
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    """The same for programs, where the texts do not say it all."""

    @property
    def state(self) -> State:
        """The worst of its items; something that is not set up does not count."""
        found = {item.state for item in self.items}
        return next((state for state in State if state in found), State.NOTE)
