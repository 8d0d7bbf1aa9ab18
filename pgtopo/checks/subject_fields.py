"""Which fields of resources decide what a check judges.

A check names its subjects by a walk through the estate. Where a change leaves alone every field
that such a walk has read of resources of that kind, the walk would go the same way again.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.topology import Topology

Walk = Callable[[Topology], Iterable[Any]]

_ALL = ""
"""Stands for every field, where a resource was looked at as a whole."""


class SubjectFields:
    """What walks through one estate read, noted on a second walk when it is first asked for."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._watched: dict[type[Resource], _Watched] = {}
        self._known: dict[tuple[Walk, type[Resource]], frozenset[str]] = {}

    def is_same(self, walk: Walk, after: Topology) -> bool:
        """Whether a walk surely goes the same way through a changed copy."""
        if self._topology.issues != after.issues:
            return False
        for arm_id in after.changed:
            old, new = self._topology.find(arm_id), after.find(arm_id)
            if old is None or new is None or type(old) is not type(new):
                return False
            fields = self._fields(walk, type(old))
            if _ALL in fields or any(getattr(old, f) != getattr(new, f) for f in fields):
                return False
        return True

    def _fields(self, walk: Walk, kind: type[Resource]) -> frozenset[str]:
        known = self._known.get((walk, kind))
        if known is None:
            known = self._known[walk, kind] = self._read(walk, kind)
        return known

    def _read(self, walk: Walk, kind: type[Resource]) -> frozenset[str]:
        if kind not in self._watched:
            self._watched[kind] = _Watched(self._topology, kind)
        watched = self._watched[kind]
        watched.seen.clear()
        try:
            for subject in walk(watched):
                getattr(subject, "id", None)
        except Exception:  # noqa: BLE001  a broken check must not end the run
            return frozenset({_ALL})
        found = watched.seen | watched.indexed
        return frozenset(one for one in found if not one.startswith("__"))


class _Watched(Topology):
    """An estate in which the resources of one kind tell which of their fields are read."""

    def __init__(self, topology: Topology, kind: type[Resource]) -> None:
        self.__dict__.update(topology.__dict__)
        self.seen: set[str] = set()
        self.indexed: set[str] = set()
        """What groupings of them are made by."""
        made, names = _watching(kind, self.seen), kind.__struct_fields__
        held = {
            one.id: made(**{name: getattr(one, name) for name in names})
            for one in topology.all(kind)
        }
        self._resources = {**topology._resources, **held}
        self._by_class = {**topology._by_class, kind: tuple(held.values())}
        kept = [name for name, of in topology._indexed.items() if of is not kind]
        self._indexes = {name: topology._indexes[name] for name in kept}
        self._indexed = {name: topology._indexed[name] for name in kept}

    def index(self, name: str, kind: type[Any], keys: Callable[[Any], Any]) -> Any:
        """Resources of a class grouped by the ids they refer to."""
        if name in self._indexes:
            return super().index(name, kind, keys)
        before = set(self.seen)
        found = super().index(name, kind, keys)
        self.indexed |= self.seen - before
        return found


def _watching(kind: type[Resource], seen: set[str]) -> Any:
    """The same kind of resource, which notes the names of fields that are read."""

    def read(self: Any, name: str) -> Any:
        seen.add(name)
        return object.__getattribute__(self, name)

    def whole(*_: Any) -> Any:
        seen.add(_ALL)
        return NotImplemented

    def hashed(self: Any) -> int:
        seen.add(_ALL)
        return id(self)

    namespace = {"__getattribute__": read, "__eq__": whole, "__hash__": hashed}
    return msgspec.defstruct(
        kind.__name__, [], bases=(kind,), namespace=namespace, frozen=True, kw_only=True
    )
