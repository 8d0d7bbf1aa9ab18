"""Facts that note what every answer was made of, so that a change tells which answers it touches.

An answer depends on the resources it looked up by id, on the classes it walked through, on the
groups of resources it asked for, on other answers, and on the values that the asking function
brought along. What depends on nothing that changed is the same in a changed copy of the estate,
and is not worked out again.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from types import CellType, CodeType, FunctionType, MethodType
from typing import Any, TypeVar

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import ParseIssue, RefState, Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.settings import Settings
from pgtopo.model.topology import Topology

R = TypeVar("R", bound=Resource)
T = TypeVar("T")

Keys = Callable[[Any], Iterable[ArmId | None]]
_Brought = tuple[CodeType, tuple[Any, ...]]


class Answer:
    """Something that was worked out: its value, and the answers that rest on it."""

    __slots__ = ("brought", "function", "name", "place", "readers", "value")

    def __init__(self, name: str | tuple[str, ArmId]) -> None:
        self.name = name
        """A question, or a check and its subject."""
        self.value: Any = None
        self.function: Callable[[], Any] | None = None
        """What worked it out; None where that was asked under no question."""
        self.brought: _Brought | None = None
        """The code of that function and what it brought along, where both can be told."""
        self.readers: set[Answer] = set() if isinstance(name, str) else _NO_READERS
        self.place = 0
        """Where it stands among all answers in the order in which they were complete."""

    @property
    def is_last(self) -> bool:
        """Whether it is what a check says, on which nothing else rests."""
        return not isinstance(self.name, str)

    def serves(self, function: Callable[[], Any]) -> bool:
        """Whether a function would work out the same, as far as it depends on what it brings."""
        mine, other = self.brought, _brought(function)
        if mine is None or other is None or mine[0] is not other[0]:
            return False
        return all(map(_is_same, mine[1], other[1]))

    def anew(self, facts: Facts) -> Any:
        """What the same question about the same values comes to in a copy.

        Raises:
            LookupError: it cannot be asked again from here.
        """
        if not isinstance(self.function, FunctionType):
            raise LookupError(self.name)
        return _rebound(self.function, facts)()


_NO_READERS: set[Answer] = set()
"""Those of answers on which nothing rests."""


class Log:
    """Who read what."""

    def __init__(self) -> None:
        self.readers: defaultdict[Hashable, set[Answer]] = defaultdict(set)
        """Of each thing that can change, the answers that rest on it."""
        self.indexes: dict[str, tuple[type[Resource], Keys]] = {}
        self.nobody = Answer("nobody")
        self.asking = [self.nobody]
        """The answers that are being worked out, each for the one before it."""
        self.complete = 0
        """How many answers are."""

    def note(self, thing: Hashable) -> None:
        """The answer that is being worked out rests on this."""
        self.readers[thing].add(self.asking[-1])

    def ask(self, answer: Answer, function: Callable[[], T]) -> T:
        """What a function gives; everything it reads, it reads for this answer."""
        self.asking.append(answer)
        try:
            return function()
        finally:
            self.asking.pop()
            self.complete += 1
            answer.place = self.complete

    def reached_by(self, before: Topology, after: Topology) -> set[Answer]:
        """Every answer that read something itself that is not the same in a changed copy."""
        found: set[Answer] = set()
        for thing in self._things(before, after):
            found |= self.readers.get(thing, set())
        return found

    def _things(self, before: Topology, after: Topology) -> Iterator[Hashable]:
        yield Resource
        if before.issues != after.issues:
            yield ParseIssue
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
    """An estate that tells a log what is looked up in it.

    What is asked hundreds of thousands of times is written out, without a call to the log.
    """

    def __init__(self, topology: Topology, log: Log) -> None:
        self.__dict__.update(topology.__dict__)
        del self.__dict__["issues"]  # so that it is looked up below
        self._plain = topology
        self._log = log
        self._readers = log.readers
        self._asking = log.asking
        self._grouped: dict[str, _Groups[Any]] = {}

    def __getattr__(self, name: str) -> Any:
        """What stands outside the resources and differs in copies: notes on unread fields."""
        if name != "issues":
            raise AttributeError(name)
        self._log.note(ParseIssue)
        return self._plain.issues

    def resources(self) -> Iterable[Resource]:
        """Every resource, children included."""
        self._log.note(Resource)
        return super().resources()

    def __len__(self) -> int:
        self._log.note(Resource)
        return super().__len__()

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every resource of a class, ordered by id."""
        self._log.note(kind)
        return super().all(kind)

    def get(self, kind: type[R], arm_id: ArmId | None) -> R | None:
        """The resource of that class with that id, or None."""
        self._readers[arm_id].add(self._asking[-1])
        found = self._resources.get(arm_id) if arm_id is not None else None
        return found if isinstance(found, kind) else None

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
        held = self._grouped.get(name)
        if held is None:
            self._log.indexes[name] = (kind, keys)
            known = self._plain.index(name, kind, keys)
            held = self._grouped[name] = _Groups(known, name, kind, self._log)
        return held


class _Groups(Mapping[ArmId, list[R]]):
    """An index that notes which of its groups are asked for."""

    def __init__(self, known: Mapping[ArmId, list[R]], name: str, kind: type[R], log: Log) -> None:
        self._known = known
        self._name = name
        self._kind = kind
        self._log = log
        self._readers = log.readers
        self._asking = log.asking

    def __getitem__(self, key: ArmId) -> list[R]:
        self._log.note(("group", self._name, key))
        return self._known[key]

    def get(self, key: ArmId, default: Any = None) -> Any:
        """The group of an id, or something else where there is none."""
        self._readers["group", self._name, key].add(self._asking[-1])
        return self._known.get(key, default)

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
        self._asking = self.log.asking
        self._answers: dict[str, dict[Hashable, Answer]] = {}

    def once(self, question: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about a key, worked out the first time only."""
        known = self._answers.get(question)
        if known is None:
            known = self._answers[question] = {}
        held = known.get(key)
        if held is None:
            held = Answer(question)
            held.function, held.brought = answer, _brought(answer)
            held.readers.add(self._asking[-1])
            held.value = self.log.ask(held, answer)
            known[key] = held
        else:
            held.readers.add(self._asking[-1])
        found: T = held.value
        return found

    def know(self, question: str, key: Hashable, answer: Any) -> None:
        """Take an answer that notes by itself who rests on it."""
        self._known.setdefault(question, {})[key] = answer

    def answer_to(self, question: str, key: Hashable) -> Answer | None:
        """The answer to a question about a key, where it was worked out."""
        known = self._answers.get(question)
        return known.get(key) if known is not None else None

    def answers(self) -> Iterator[tuple[str, Any]]:
        """Every question that was asked, with what was answered."""
        for question, known in self._answers.items():
            yield from ((question, held.value) for held in known.values())


class CopyFacts(Facts):
    """The facts of a changed copy; what comes to the same there is taken from the original."""

    def __init__(
        self, origin: RecordingFacts, copy: Topology, settled: "Settled | None" = None
    ) -> None:
        super().__init__(copy, origin.settings)
        self._origin = origin
        self._settled = settled or Settled(origin, copy)

    def know(self, question: str, key: Hashable, answer: Any) -> None:
        """Take an answer that was worked out elsewhere."""
        self._known.setdefault(question, {})[key] = answer

    @property
    def touched(self) -> set[Answer]:
        """The answers of the original that are others here, or have to be asked again to tell."""
        return self._settled.others

    def once(self, question: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about a key, from the original where it is the same."""
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = {}
        try:
            found: T = known[key]
        except KeyError:
            held = self._origin.answer_to(question, key)
            if held is None or not held.serves(answer):
                found = answer()
            elif held not in self._settled.others:
                found = held.value
            else:
                found = self._settled.value_of(held, answer)
            known[key] = found
        return found


class Settled:
    """Which answers differ in a changed copy, worked out from what changed upwards.

    An answer is worked out again only if something it read has come to something else, after
    everything that it rests on; an answer that comes to the same reaches no further. The old
    questions are asked in facts of their own: what they bring along may be out of date.
    """

    def __init__(
        self, origin: RecordingFacts, copy: Topology, earlier: "Settled | None" = None
    ) -> None:
        """Takes what was settled about the same copy when fewer answers were there."""
        self.others: set[Answer] = set()
        self.values: dict[Answer, Any] = {} if earlier is None else dict(earlier.values)
        self._same: set[Answer] = set() if earlier is None else set(earlier._same)
        self._differing: set[Answer] = set() if earlier is None else earlier.others
        trial = _Trial(origin, copy, self)
        reached = origin.log.reached_by(origin.plain, copy)
        waiting = [(one.place, id(one), one) for one in reached]
        heapify(waiting)
        while waiting:
            trial.place, _, one = heappop(waiting)
            if one not in self._differing and (one in self._same or self._is_same(one, trial)):
                self._same.add(one)
                continue
            self.others.add(one)
            for reader in one.readers - reached:
                heappush(waiting, (reader.place, id(reader), reader))
            reached |= one.readers

    def _is_same(self, one: Answer, trial: Facts) -> bool:
        try:
            value = self.values[one] = one.anew(trial)
            return bool(value == one.value)
        except Exception:  # noqa: BLE001  whoever asks in earnest reports what is broken
            self.values.pop(one, None)
            return False

    def value_of(self, one: Answer, ask: Callable[[], T]) -> T:
        """What a question comes to in the copy that brings along what it did in the original."""
        found: T = self.values[one] if one in self.values else ask()
        return found


class _Trial(Facts):
    """The facts of a changed copy while it is settled which answers differ there."""

    def __init__(self, origin: RecordingFacts, copy: Topology, settled: Settled) -> None:
        super().__init__(copy, origin.settings)
        self._origin = origin
        self._settled = settled
        self.place = 0
        """Everything that was complete before this place is settled."""

    def once(self, question: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about a key, from the original where it is settled as such."""
        held = self._origin.answer_to(question, key)
        if held is not None and held.place < self.place and held.serves(answer):
            if held not in self._settled.others:
                kept: T = held.value
                return kept
            return self._settled.value_of(held, answer)
        return super().once(question, key, answer)


def _brought(function: Callable[[], Any]) -> _Brought | None:
    """The code of a function, and the values it was made with; None where they do not show."""
    if isinstance(function, MethodType):
        return function.__func__.__code__, (function.__self__,)
    if not isinstance(function, FunctionType):
        return None
    cells = tuple(cell.cell_contents for cell in function.__closure__ or ())
    return function.__code__, (*cells, *(function.__defaults__ or ()))


def _rebound(function: FunctionType, facts: Facts) -> FunctionType:
    """The same function with the same values, asking another estate."""
    cells = (cell.cell_contents for cell in function.__closure__ or ())
    return FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        tuple(CellType(_moved(one, facts)) for one in cells),
    )


def _moved(value: Any, facts: Facts) -> Any:
    if isinstance(value, Facts):
        return facts
    if isinstance(value, Topology):
        return facts.topology
    return _rebound(value, facts) if isinstance(value, FunctionType) else value


def _is_same(mine: Any, other: Any) -> bool:
    """Whether two values are equal; each function's own estate counts as the same."""
    if mine is other:
        return True
    if isinstance(mine, Facts | Topology):
        return isinstance(other, Facts | Topology)
    if isinstance(mine, FunctionType):
        one, two = _brought(mine), _brought(other)
        if one is None or two is None or one[0] is not two[0]:
            return False
        return all(map(_is_same, one[1], two[1]))
    return type(mine) is type(other) and bool(mine == other)
