"""What was read, and what was not: the ground under every "there is none".

The narrowest statement that contains the thing asked about decides. A kind nobody speaks of was
not read.
"""

from collections.abc import Iterable
from enum import Enum

import msgspec

from pgtopo.model.ids import TENANT, ArmId, is_within, parent_of


class Status(Enum):
    """How the reading of one kind in one scope ended."""

    READ = "read"
    DENIED = "denied"
    FAILED = "failed"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    NOT_READ = "not read"


class CoverageEntry(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One statement about one kind in one scope."""

    kind: str
    """Lower-case ARM type."""
    scope: ArmId
    """A subscription, a parent resource, or `/` for the whole tenant."""
    status: Status
    rows: int | None = None
    detail: str = ""


class Coverage:
    """All statements of an input, with look-up by kind and place."""

    __slots__ = ("_by_kind", "_containers", "assumed_none", "entries", "is_inferred")

    def __init__(
        self,
        entries: Iterable[CoverageEntry] = (),
        *,
        assumed_none: Iterable[str] = (),
        is_inferred: bool = False,
    ) -> None:
        self.entries: tuple[CoverageEntry, ...] = tuple(entries)
        self.assumed_none: frozenset[str] = frozenset(assumed_none)
        """Kinds without a statement whose absence is taken as "none exist" (an assumption)."""
        self.is_inferred = is_inferred
        """True where nobody stated coverage and it was taken from the rows themselves."""
        self._by_kind: dict[str, dict[ArmId, CoverageEntry]] = {}
        for entry in self.entries:
            self._by_kind.setdefault(entry.kind, {})[entry.scope] = entry
        self._containers: dict[str, dict[ArmId, CoverageEntry | None]] = {}
        """By kind and resource group or subscription, the statement that holds there."""

    def entry(self, kind: str, about: ArmId) -> CoverageEntry | None:
        """The narrowest statement about a kind that contains a resource or scope."""
        stated = self._by_kind.get(kind)
        if not stated:
            return None
        at = about
        while True:
            found = stated.get(at)
            if found is not None:
                return found
            head, marker, tail = at.rpartition("/providers/")
            if not marker:
                return self._of_container(kind, stated, at)
            at = parent_of(at) if tail.count("/") > 2 else ArmId(head or "/")

    def _of_container(
        self, kind: str, stated: dict[ArmId, CoverageEntry], at: ArmId
    ) -> CoverageEntry | None:
        """The narrowest statement for a resource group or subscription, which hold many things."""
        known = self._containers.setdefault(kind, {})
        if at not in known:
            inner = at
            while inner != TENANT and inner not in stated:
                inner = parent_of(inner)
            known[at] = stated.get(inner)
        return known[at]

    def status(self, kind: str, about: ArmId) -> Status:
        """How the reading of a kind ended at the place of a resource.

        Kinds in `assumed_none` count as read; whoever rests on that names the assumption.
        """
        found = self.entry(kind, about)
        if found is not None:
            return found.status
        return Status.READ if kind in self.assumed_none else Status.NOT_READ

    def is_read(self, kind: str, about: ArmId) -> bool:
        """Whether every row of a kind at that place is here."""
        return self.status(kind, about) is Status.READ

    def is_read_everywhere(self, kind: str) -> bool:
        """Whether the kind was read for the whole tenant, with no narrower gap stated."""
        stated = self._by_kind.get(kind, {})
        tenant = stated.get(TENANT)
        return (
            tenant is not None
            and tenant.status is Status.READ
            and all(entry.status is Status.READ for entry in stated.values())
        )

    def gaps(self, kind: str) -> tuple[CoverageEntry, ...]:
        """The statements about a kind that are not `read`."""
        return tuple(e for e in self._by_kind.get(kind, {}).values() if e.status is not Status.READ)

    def kinds(self) -> tuple[str, ...]:
        """Every kind something is stated about, in order."""
        return tuple(sorted(self._by_kind))

    def within(self, kind: str, scope: ArmId) -> tuple[CoverageEntry, ...]:
        """The statements about a kind at or below a scope."""
        return tuple(e for s, e in self._by_kind.get(kind, {}).items() if is_within(s, scope))
