"""Facts of a changed copy of which little will be asked.

Nothing is settled beforehand: what rests on anything that changed is worked out again when it is
asked for, and everything else is taken from the original.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from pgtopo.analysis.facts import Facts
from pgtopo.checks.recording import Answer, RecordingFacts
from pgtopo.model.topology import Topology

T = TypeVar("T")


class GlimpseFacts(Facts):
    """The facts of a changed copy, worked out as they are asked for."""

    def __init__(self, origin: RecordingFacts, copy: Topology) -> None:
        super().__init__(copy, origin.settings)
        self._origin = origin
        self.reached = _reached(origin, copy)
        """The answers of the original that may be others here."""

    def know(self, question: str, key: Hashable, answer: Any) -> None:
        """Take an answer that was worked out elsewhere."""
        self._known.setdefault(question, {})[key] = answer

    def once(self, question: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about a key, from the original where nothing can differ."""
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = {}
        try:
            found: T = known[key]
        except KeyError:
            held = self._origin.answer_to(question, key)
            is_same = held is not None and held not in self.reached and held.serves(answer)
            found = known[key] = held.value if held is not None and is_same else answer()
        return found


def _reached(origin: RecordingFacts, copy: Topology) -> set[Answer]:
    """Every answer that rests on something that is not the same in a copy, however far away."""
    found = origin.log.reached_by(origin.plain, copy)
    waiting = list(found)
    while waiting:
        more = waiting.pop().readers - found
        found |= more
        waiting.extend(more)
    return found
