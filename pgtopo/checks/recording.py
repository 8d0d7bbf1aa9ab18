"""Facts that note what every answer was made of, so that a change tells which answers it touches.

An answer depends on the resources it looked up by id, on the classes it walked through, on the
groups of resources it asked for, and on other answers. What depends on nothing that changed is
the same in a changed copy of the estate, and need not be worked out again.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import RefState, Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.settings import Settings
from pgtopo.model.topology import Topology

R = TypeVar("R", bound=Resource)
T = TypeVar("T")

Keys = Callable[[Any], Iterable[ArmId | None]]


class Log:
    """Who read what."""

    def __init__(self) -> None:
        self.readers: dict[Hashable, set[Hashable]] = {}
        """Of each thing that can change, the answers that rest on it."""
        self.indexes: dict[str, tuple[type[Resource], Keys]] = {}
        self._asking: list[Hashable] = []
        self._is_paused = False

    def note(self, thing: Hashable) -> None:
        """The answer that is being worked out rests on this."""
        if self._asking and not self._is_paused:
            try:
                self.readers[thing].add(self._asking[-1])
            except KeyError:
                self.readers[thing] = {self._asking[-1]}

    @contextmanager
    def asking(self, answer: Hashable) -> Iterator[None]:
        """Within the block, what is read is read for this answer."""
        self._asking.append(answer)
        try:
            yield
        finally:
            self._asking.pop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within the block, nothing is noted."""
        was, self._is_paused = self._is_paused, True
        try:
            yield
        finally:
            self._is_paused = was

    def touched_by(self, before: Topology, after: Topology) -> set[Hashable]:
        """Every answer that may differ in a changed copy, at any remove."""
        found: set[Hashable] = set()
        waiting = list(self._things(before, after))
        while waiting:
            for reader in self.readers.get(waiting.pop(), ()):
                if reader not in found:
                    found.add(reader)
                    waiting.append(reader)
        return found

    def _things(self, before: Topology, after: Topology) -> Iterator[Hashable]:
        yield Resource
        for arm_id in after.changed:
            yield arm_id
            for one in (before.find(arm_id), after.find(arm_id)):
                if one is None:
                    continue
                yield type(one)
                for name, (kind, keys) in self.indexes.items():
                    if kind is type(one):
                        yield from (("group", name, key) for key in keys(one))


class RecordedTopology(Topology):
    """An estate that tells a log what is looked up in it."""

    def __init__(self, topology: Topology, log: Log) -> None:
        self.__dict__.update(topology.__dict__)
        self._log = log

    def resources(self) -> Iterable[Resource]:
        """Every resource, children included."""
        self._log.note(Resource)
        return super().resources()

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every resource of a class, ordered by id."""
        self._log.note(kind)
        return super().all(kind)

    def get(self, kind: type[R], arm_id: ArmId | None) -> R | None:
        """The resource of that class with that id, or None."""
        self._log.note(arm_id)
        return super().get(kind, arm_id)

    def find(self, arm_id: ArmId | None) -> Resource | None:
        """The resource with that id, or None."""
        self._log.note(arm_id)
        return super().find(arm_id)

    def ref(self, arm_id: ArmId, kind: str = "") -> RefState:
        """How a reference stands."""
        self._log.note(arm_id)
        return super().ref(arm_id, kind)

    def index(self, name: str, kind: type[R], keys: Keys) -> Mapping[ArmId, list[R]]:
        """Resources of a class grouped by the ids they refer to."""
        self._log.indexes[name] = (kind, keys)
        with self._log.paused():
            known = super().index(name, kind, keys)
        return _Groups(known, name, kind, self._log)


class _Groups(Mapping[ArmId, list[R]]):
    """An index that notes which of its groups are asked for."""

    def __init__(self, known: Mapping[ArmId, list[R]], name: str, kind: type[R], log: Log) -> None:
        self._known = known
        self._name = name
        self._kind = kind
        self._log = log

    def __getitem__(self, key: ArmId) -> list[R]:
        self._log.note(("group", self._name, key))
        return self._known[key]

    def __iter__(self) -> Iterator[ArmId]:
        self._log.note(self._kind)
        return iter(self._known)

    def __len__(self) -> int:
        self._log.note(self._kind)
        return len(self._known)


class RecordingFacts(Facts):
    """The facts of an estate, with a log of what each of them rests on."""

    def __init__(self, topology: Topology, settings: Settings | None = None) -> None:
        self.log = Log()
        super().__init__(RecordedTopology(topology, self.log), settings)
        self.plain = topology
        """The estate itself."""

    def once(self, question: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about a key, worked out the first time only."""
        node = (question, key)
        self.log.note(node)

        def noted() -> T:
            with self.log.asking(node):
                return answer()

        return super().once(question, key, noted)
