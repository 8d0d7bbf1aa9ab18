"""The memoised front to every analysis of one estate; what checks and views are given."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from pgtopo.model.settings import Settings
from pgtopo.model.topology import Topology

T = TypeVar("T")

_MISSING: Any = object()


class Facts:
    """One estate, the user's settings, and everything derived from them so far."""

    def __init__(self, topology: Topology, settings: Settings | None = None) -> None:
        self.topology = topology
        self.settings = settings or Settings()
        self._known: dict[str, dict[Hashable, Any]] = {}

    def once(self, question: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about a key, worked out the first time only."""
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = {}
        found: T = known.get(key, _MISSING)
        if found is _MISSING:
            found = known[key] = answer()
        return found

    def known(self, question: str, key: Hashable) -> Any:
        """The answer to a question, if it was worked out already; else None."""
        return self._known.get(question, {}).get(key)
