"""What a list table is: typed items for documents, columns for people."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.network import Subnet
from pgtopo.model.topology import Topology

I = TypeVar("I", bound=msgspec.Struct)  # noqa: E741  an item


class Column(msgspec.Struct, frozen=True):
    """One column of the text table."""

    title: str
    value: Callable[[Any], object]
    """What to show of an item: a text, a number, a list, None for nothing."""
    is_number: bool = False


class Effective(msgspec.Struct, frozen=True, kw_only=True):
    """What is in force on one subnet, where a list can tell."""

    item: type[msgspec.Struct]
    items: Callable[[Facts, Subnet], Sequence[msgspec.Struct]]
    columns: tuple[Column, ...]


class Table(msgspec.Struct, Generic[I], frozen=True, kw_only=True):
    """One kind of list."""

    kind: str
    """The word on the command line."""
    title: str
    item: type[I]
    """Its fields are the keys of the JSON items and the columns of the csv form."""
    items: Callable[[Facts], Sequence[I]]
    columns: tuple[Column, ...]
    if_empty: str
    """What an empty list can mean."""
    effective: Effective | None = None


AnyTable = Table[Any]


def shown(topology: Topology, arm_id: ArmId | None) -> str | None:
    """The id as first seen; None for none."""
    return topology.display(arm_id) if arm_id is not None else None


def all_shown(topology: Topology, ids: Iterable[ArmId]) -> list[str]:
    """Ids as first seen, each once, in order of their folded form."""
    return [topology.display(one) for one in sorted(set(ids))]


def owner_shown(topology: Topology, child: ArmId, owner: ArmId) -> str:
    """The id of a child's owner; cut from the child's spelling where the owner has none."""
    known = topology.display(owner)
    if known != owner:
        return known
    text = topology.display(child)
    return text[: len(owner)] if text.lower().startswith(owner) else known


def short(arm_id: str | None) -> str:
    """The name inside an id; empty for none."""
    return name_of(arm_id) if arm_id else ""


def stated(text: str) -> str | None:
    """A text from a row, or None where the row does not say."""
    return text or None
