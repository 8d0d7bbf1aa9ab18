"""What was read: taken from what a file states, or from the rows where it states nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pgtopo.model.base import ParseIssue
from pgtopo.model.coverage import Coverage, CoverageEntry, Status
from pgtopo.model.ids import TENANT, ArmId, ancestor, fold, subscription_of
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.server import EndpointConnection, FlexibleServer
from pgtopo.sources.kind import Kind

NESTED_IN = {
    Subnet.KIND: VirtualNetwork.KIND,
    Peering.KIND: VirtualNetwork.KIND,
    EndpointConnection.KIND: FlexibleServer.KIND,
}
"""Kinds whose rows come inside another kind's, and so are read with it."""

_STATUS = {status.value: status for status in Status if status is not Status.NOT_READ}


def stated(entries: object, note: list[ParseIssue]) -> list[CoverageEntry]:
    """The statements of a file; what cannot be understood is noted.

    A statement whose status is an unknown word counts as failed: it says that something was
    tried, and must not let a wider statement speak for it.
    """
    if not isinstance(entries, list):
        note.append(ParseIssue("", "coverage", "not a list"))
        return []
    found = []
    for index, entry in enumerate(entries):
        made = _entry(entry, f"coverage[{index}]", note)
        if made is not None:
            found.append(made)
    return found


def _entry(entry: object, path: str, note: list[ParseIssue]) -> CoverageEntry | None:
    if not isinstance(entry, dict):
        note.append(ParseIssue("", path, "not an object"))
        return None
    kind, scope, word = (entry.get(key) for key in ("kind", "scope", "status"))
    if not isinstance(kind, str) or not kind.strip():
        note.append(ParseIssue("", f"{path}.kind", "no resource type"))
        return None
    if not isinstance(scope, str) or not scope.strip():
        note.append(ParseIssue("", f"{path}.scope", "no scope"))
        return None
    status = _STATUS.get(word.strip().lower()) if isinstance(word, str) else None
    if status is None:
        note.append(ParseIssue("", f"{path}.status", "unknown status; taken as failed"))
    rows, detail = entry.get("rows"), entry.get("detail")
    return CoverageEntry(
        kind=kind.strip().lower(),
        scope=_scope(scope),
        status=status or Status.FAILED,
        rows=rows if isinstance(rows, int) and not isinstance(rows, bool) else None,
        detail=detail if isinstance(detail, str) else "",
    )


def _scope(text: str) -> ArmId:
    """The folded scope; a bare subscription id is accepted."""
    stripped = text.strip().strip("/")
    if stripped and "/" not in stripped:
        return fold(f"/subscriptions/{stripped}")
    return fold(text) if stripped else TENANT


def with_nested(entries: Iterable[CoverageEntry]) -> list[CoverageEntry]:
    """The statements, with those about a parent's kind repeated for what it contains.

    A statement about the contained kind itself stays as it is.
    """
    kept = {(entry.kind, entry.scope): entry for entry in entries}
    for nested, parent in NESTED_IN.items():
        for entry in [e for e in kept.values() if e.kind == parent]:
            copy = CoverageEntry(
                kind=nested, scope=entry.scope, status=entry.status, detail=entry.detail
            )
            kept.setdefault((nested, entry.scope), copy)
    return list(kept.values())


def inferred(seen: Mapping[str, Iterable[ArmId]], kinds: Mapping[str, Kind]) -> list[CoverageEntry]:
    """What rows without any statement let one conclude, their ids being given by type.

    A kind with a row counts as read for the subscriptions seen in that kind; a kind that is read
    parent by parent, for the parents that have such a row.
    """
    found = []
    for arm_type, ids in seen.items():
        parent = kinds[arm_type].parent or NESTED_IN.get(arm_type, "")
        rows = _by_parent(ids, parent) if parent else _by_subscription(ids)
        found += [
            CoverageEntry(kind=arm_type, scope=scope, status=Status.READ, rows=rows[scope])
            for scope in sorted(rows)
        ]
    return found


def _by_parent(ids: Iterable[ArmId], parent: str) -> Counter[ArmId]:
    segment = parent.rsplit("/", 1)[-1]
    owners = (ancestor(arm_id, segment) for arm_id in ids)
    return Counter(owner for owner in owners if owner is not None)


def _by_subscription(ids: Iterable[ArmId]) -> Counter[ArmId]:
    """How many rows lie in each subscription; ids outside any speak for nothing."""
    found: Counter[ArmId] = Counter()
    within, scope = "?", TENANT
    for arm_id in ids:
        # Rows of one subscription mostly follow one another.
        if not arm_id.startswith(within):
            if arm_id.startswith("/providers/pgtopo/"):
                found[TENANT] += 1
                continue
            name = subscription_of(arm_id)
            if not name:
                continue
            scope = ArmId(f"/subscriptions/{name}")
            within = "?" if arm_id == scope else f"{scope}/"
        found[scope] += 1
    return found


def complete(kinds: Mapping[str, Kind]) -> Coverage:
    """The statement that everything there is was read."""
    return Coverage(CoverageEntry(kind=kind, scope=TENANT, status=Status.READ) for kind in kinds)


def combined(
    files: Iterable[tuple[list[CoverageEntry] | None, list[CoverageEntry]]],
    kinds: Mapping[str, Kind],
) -> Coverage:
    """The coverage of several files, oldest first: of (stated or None, inferred) each.

    What a newer file states about a kind and scope holds. What is only inferred never stands
    against a statement.
    """
    listed = list(files)
    found = {(e.kind, e.scope): e for _, guessed in listed for e in guessed}
    found.update(((e.kind, e.scope), e) for said, _ in listed for e in said or ())
    is_inferred = all(said is None for said, _ in listed)
    return Coverage(
        with_nested(found.values()),
        assumed_none=_assumed(kinds, {kind for kind, _ in found}) if is_inferred else (),
        is_inferred=is_inferred,
    )


def _assumed(kinds: Mapping[str, Kind], seen: set[str]) -> Iterator[str]:
    """The kinds of which none are taken to exist; not children that a parent at hand may have."""
    for name, kind in kinds.items():
        if kind.is_assumed_none and kind.parent not in seen:
            yield name


def as_wire(coverage: Coverage) -> list[dict[str, Any]]:
    """The statements as a snapshot writes them."""
    found = []
    for entry in sorted(coverage.entries, key=lambda e: (e.kind, e.scope)):
        made: dict[str, Any] = {
            "kind": entry.kind,
            "scope": entry.scope,
            "status": entry.status.value,
        }
        if entry.rows is not None:
            made["rows"] = entry.rows
        if entry.detail:
            made["detail"] = entry.detail
        found.append(made)
    return found
