"""What is different between two looks at the same estate, resource by resource."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TypeGuard

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.history import Change
from pgtopo.model.ids import ArmId
from pgtopo.model.net import Span, SpanSet, format_address
from pgtopo.model.topology import Topology


class PropertyChange(msgspec.Struct, frozen=True, gc=False):
    """One property that reads otherwise; a side that does not exist there is None."""

    property: str
    """Members of lists are named: `rules[deny-all].priority`."""
    old: object
    new: object


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """The resources that came, went and changed, each kind in the order of ids."""

    added: tuple[Resource, ...] = ()
    removed: tuple[Resource, ...] = ()
    changed: tuple[tuple[Resource, Resource], ...] = ()
    """As they were, and as they are."""
    learned: int = 0
    """Resources of which the earlier look could not say whether they were there."""
    forgotten: int = 0
    """Resources of which the later look cannot say whether they still are there."""


_OWN = ("id", "name", "origin")
"""Fields that are no property: of which thing it is, and where it was read."""


def differences(before: Topology, after: Topology) -> Differences:
    """What came, went and changed, except for what only one of them was allowed to read.

    Unknown when: a kind was not read at a place in either look; such resources are only counted.
    """
    old = {one.id: one for one in before.resources() if not isinstance(one, Change)}
    new = {one.id: one for one in after.resources() if not isinstance(one, Change)}
    only_new = [one for name, one in new.items() if name not in old]
    only_old = [one for name, one in old.items() if name not in new]
    added = [one for one in only_new if before.coverage.is_read(one.KIND, one.id)]
    removed = [one for one in only_old if after.coverage.is_read(one.KIND, one.id)]
    told = {one.id for one in (*added, *removed)}
    pairs = ((old[name], one) for name, one in new.items() if name in old)
    changed = [(was, now) for was, now in pairs if _is_changed(was, now, told)]
    return Differences(
        added=tuple(sorted(added, key=_by_id)),
        removed=tuple(sorted(removed, key=_by_id)),
        changed=tuple(sorted(changed, key=lambda pair: pair[0].id)),
        learned=len(only_new) - len(added),
        forgotten=len(only_old) - len(removed),
    )


def _by_id(resource: Resource) -> ArmId:
    return resource.id


def _is_changed(was: Resource, now: Resource, told: set[ArmId]) -> bool:
    """Whether more is different than that something of its own came or went."""
    if type(was) is not type(now):
        return True
    for name in was.__struct_fields__:
        if name in _OWN:
            continue
        old, new = getattr(was, name), getattr(now, name)
        if old != new and not _follows(old, new, told) and any(_turned(name, old, new)):
            return True
    return False


def _follows(old: object, new: object, told: set[ArmId]) -> bool:
    """Whether two lists of ids differ by nothing but what is told as new or gone itself."""
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return False
    members = {*old, *new} if all(isinstance(one, str) for one in (*old, *new)) else set()
    apart = members - (set(old) & set(new)) if members else set()
    return bool(apart) and all(_is_of(one, told) for one in apart)


def _is_of(arm_id: str, told: set[ArmId]) -> bool:
    """Whether an id, or what it belongs to, is among some."""
    while arm_id:
        if arm_id in told:
            return True
        arm_id = arm_id.rpartition("/")[0]
    return False


def property_changes(was: Resource, now: Resource) -> tuple[PropertyChange, ...]:
    """Every property of a resource that reads otherwise."""
    if type(was) is not type(now):
        return (PropertyChange("type", type(was).KIND, type(now).KIND),)
    found = [
        change
        for name in was.__struct_fields__
        if name not in _OWN
        for change in _turned(name, getattr(was, name), getattr(now, name))
    ]
    # Sets and ranges of addresses are read from texts that stand beside them.
    texts = [one for one in found if not isinstance(one.old or one.new, SpanSet | Span)]
    return tuple(_shown(one) for one in texts or found)


def _shown(change: PropertyChange) -> PropertyChange:
    name = change.property.rpartition(".")[2]
    return PropertyChange(change.property, _plain(change.old, name), _plain(change.new, name))


def _turned(path: str, old: object, new: object) -> Iterator[PropertyChange]:
    """The innermost properties that differ; case alone is no difference, as in Azure."""
    if old == new or _folded(old) == _folded(new):
        return
    if isinstance(old, msgspec.Struct) and type(old) is type(new):
        for name in old.__struct_fields__:
            inner = path if name == "properties" else f"{path}.{name}"
            yield from _turned(inner, getattr(old, name), getattr(new, name))
        return
    named = _named(old), _named(new)
    if named[0] is not None and named[1] is not None:
        for key in dict.fromkeys((*named[0], *named[1])):
            yield from _turned(f"{path}[{key}]", named[0].get(key), named[1].get(key))
        return
    if _are_structs(old) and _are_structs(new) and len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _turned(f"{path}[{at}]", one, other)
    elif not _is_other_order_of_ids(old, new):
        yield PropertyChange(path, old, new)


def _folded(value: object) -> object:
    if isinstance(value, str):
        return value.lower()
    if isinstance(value, tuple | list):
        return [_folded(one) for one in value]
    return value


def _named(value: object) -> dict[str, object] | None:
    """The members of a list by their names, where each has one of its own."""
    if not _are_structs(value):
        return None
    found: dict[str, object] = {str(_name(one)).lower(): one for one in value}
    return found if len(found) == len(value) and "" not in found else None


def _are_structs(value: object) -> TypeGuard[Sequence[msgspec.Struct]]:
    if not isinstance(value, tuple | list):
        return False
    return all(isinstance(one, msgspec.Struct) for one in value)


def _name(one: object) -> str:
    name = getattr(one, "name", None) or getattr(one, "id", None)
    return str(name).rpartition("/")[2] if name else ""


def _is_other_order_of_ids(old: object, new: object) -> bool:
    if not (isinstance(old, tuple) and isinstance(new, tuple)) or len(old) != len(new):
        return False
    if not all(isinstance(one, str) and one.startswith("/") for one in (*old, *new)):
        return False
    return sorted(map(str, old)) == sorted(map(str, new))


def _written(value: msgspec.Struct) -> dict[str, object]:
    """The fields that say something, those of `properties` among the others."""
    found: dict[str, object] = {}
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if name == "properties" and isinstance(held, msgspec.Struct):
            found |= _written(held)
        elif name != "origin" and held not in (None, (), "", []):
            found[name] = _plain(held, name)
    return found


def _plain(value: object, name: str = "") -> object:
    """A value as it can be written down."""
    if isinstance(value, bool) or value is None or isinstance(value, str | float):
        return value
    if isinstance(value, int):
        return format_address(value) if "address" in name and value >= 0 else value
    if isinstance(value, SpanSet):
        return list(value.cidrs())
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, msgspec.Struct):
        return _written(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(held, str(key)) for key, held in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(one, name) for one in value]
    return str(value)
