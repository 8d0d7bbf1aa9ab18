"""What one resource kind is to a reader: the shape of its rows and how a resource is made of one.

A row is decoded straight into its typed shape. Where a field has the wrong type, the row is
salvaged field by field (`sources.salvage`) into the same shape, so a `build` function sees one
form only and never has to defend itself against types: what was missing or unreadable is None.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from pgtopo.model.base import Origin, ParseIssue, Resource
from pgtopo.model.ids import ArmId, IdTable
from pgtopo.model.net import EMPTY, Span, SpanSet, is_ipv6, parse_address, parse_prefix
from pgtopo.model.nsg import IdRef, Wire

__all__ = ["Edge", "IdRef", "Kind", "Nested", "Row", "Sku", "Wire"]

P = TypeVar("P")
S = TypeVar("S", bound=Hashable)


class Sku(Wire, frozen=True):
    """The sku of a row; some answers spell its keys with capitals."""

    name: str | None = None
    tier: str | None = None
    name_capital: str | None = msgspec.field(default=None, name="Name")
    tier_capital: str | None = msgspec.field(default=None, name="Tier")


class Row(Wire, Generic[P], frozen=True):
    """A row, or a child nested inside one: both look alike in Azure's answers."""

    id: str | None = None
    name: str | None = None
    type: str | None = None
    location: str | None = None
    kind: str | None = None
    sku: Sku | None = None
    tags: dict[str, Any] | None = None
    properties: P | None = None


class Nested(msgspec.Struct, frozen=True):
    """A child found inside its parent's row, to be built like a row of its own.

    A row of the child's own wins over it, field by field.
    """

    kind: str
    row: Any
    """A `Row` of the child kind's shape, its id filled in."""


class Head(NamedTuple):
    """The fields every resource has."""

    id: ArmId
    name: str
    location: str
    origin: Origin | None


_head: Callable[[tuple[ArmId, str, str, Origin | None]], Head] = partial(tuple.__new__, Head)
"""The same as `Head(...)` without a call into Python code."""


_read_address = parse_address.__wrapped__
"""Without its cache: hardly any address stands in two rows."""


class Edge:
    """Where text becomes typed: folds ids, parses prefixes, and notes what could not be read."""

    __slots__ = ("_fold", "_issues", "_regions", "_shared", "_spaces", "ids", "origin", "resource")

    def __init__(self, ids: IdTable, issues: list[ParseIssue]) -> None:
        self.ids = ids
        self._fold = ids.fold
        self._issues = issues
        self.resource = ""
        """Id of the row at hand, as written."""
        self.origin: Origin | None = None
        self._spaces: dict[tuple[str, ...], SpanSet] = {}
        self._regions: dict[str, str] = {}
        self._shared: dict[Any, Any] = {}

    def issue(self, path: str, reason: str) -> None:
        """Note that a field of the row at hand could not be read."""
        self._issues.append(ParseIssue(self.resource, path, reason))

    def shared(self, value: S) -> S:
        """The first value equal to this one, which is then kept once."""
        found: S = self._shared.setdefault(value, value)
        return found

    def fold(self, text: str | None, path: str = "id") -> ArmId | None:
        """The folded id of a reference; None for an absent one, or for a text that is no id."""
        if not text:
            return None
        if "/" not in text:
            self.issue(path, f"not a resource id: {_short(text)}")
            return None
        return self._fold(text)

    def ref(self, found: IdRef | None, path: str = "id") -> ArmId | None:
        """The folded id of a `{"id": ...}` reference; None for an absent or unusable one."""
        if found is None or not found.id:
            return None
        return self._fold(found.id) if "/" in found.id else self.fold(found.id, path)

    def refs(self, found: Iterable[IdRef | None] | None, path: str = "id") -> tuple[ArmId, ...]:
        """The folded ids of a list of references, without those that are absent or unusable."""
        if not found:
            return ()
        ids = [self.ref(one, path) for one in found]
        return tuple([one for one in ids if one is not None])

    def word(self, text: str | None, known: frozenset[str], path: str) -> str:
        """A word as written, empty where there is none; a word Azure does not use is noted."""
        if not text:
            return ""
        if text.lower() not in known:
            self.issue(path, f"unknown word: {_short(text)}")
        return text

    def address(self, text: str | None, path: str) -> int | None:
        """An IPv4 address; None for none or for IPv6. What is neither is noted."""
        if not text:
            return None
        value = _read_address(text)
        if value is None and not is_ipv6(text):
            self.issue(path, f"not an address: {_short(text)}")
        return value

    def space(self, prefixes: tuple[str, ...], path: str) -> SpanSet:
        """The IPv4 addresses of prefixes; what is neither IPv4 nor IPv6 is noted."""
        known = self._spaces.get(prefixes)
        if known is not None:
            return known
        spans: list[Span] = []
        is_clean = True
        for text in prefixes:
            span = parse_prefix(text)
            if span is not None:
                spans.append(span)
            elif not is_ipv6(text):
                is_clean = False
                self.issue(path, f"not an address prefix: {_short(text)}")
        found = SpanSet(spans) if spans else EMPTY
        if is_clean:
            self._spaces[prefixes] = found
        return found

    def head(self, row: Row[Any]) -> Head:
        """The fields every resource has.

        The loader guarantees that the row has an id.
        """
        text = row.id or ""
        name = row.name
        if not name or "/" in name:
            name = _last(name) or _last(text.rstrip("/"))
        place = row.location or ""
        known = self._regions.get(place)
        if known is None:
            known = self._regions[place] = region(place)
        return _head((self._fold(text), name, known, self.origin))

    def base(self, row: Row[Any]) -> dict[str, Any]:
        """The same as keyword arguments, which is shorter to write and slower to run."""
        return self.head(row)._asdict()


def region(text: str) -> str:
    """A region as it is compared: `West Europe` and `westeurope` are one."""
    return text.lower().replace(" ", "")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}...")


def _last(text: str | None) -> str:
    """What follows the last slash: child rows may be named `parent/child`."""
    if not text or "/" not in text:
        return text or ""
    return text.rsplit("/", 1)[-1]


Built = Resource | Nested


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One ARM type: how it is asked for, decoded and built."""

    arm_type: str
    """Lower-case ARM type."""
    shape: type[Any]
    """`Row[Properties]` with the wire shape of its properties."""
    usual: type[Any] | None = None
    """A shape that nearly every row fits, cheaper to decode and to keep, for kinds that make up
    most of an estate; `build` takes both."""
    build: Callable[[Any, Edge], Iterable[Built]]
    """Makes the resource, and `Nested` children, of a decoded row."""
    table: str = ""
    """Resource Graph table that holds its rows; empty where only ARM reads give them."""
    parent: str = ""
    """Kind of the parent whose children are read together; empty for per-subscription kinds."""
    permission: str = ""
    """What a reader needs, as a role action; Reader covers `*/read`."""
    arm_path: str = ""
    """Path of the ARM list below its parent or subscription, for kinds without a table."""
    api_version: str = ""
    is_assumed_none: bool = False
    """Without coverage and without a row, "none exist" is assumed (and said)."""
    columns: tuple[str, ...] = ()
    """Property paths to project where whole properties must not be fetched."""
    summary: str = ""
    """What it is, in a few words for the table of resource kinds."""
    is_told_by_id: bool = False
    """A row without properties says all that is asked of it."""
