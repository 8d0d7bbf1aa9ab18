"""Applies a patch to a copy of an estate.

Only the rows that a patch touches, and those read together with them, are parsed again; every
other resource, the coverage and the spelling table are shared with the estate as it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from pgtopo.errors import UsageError
from pgtopo.model.base import ParseIssue, Resource
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId, fold, is_within, name_of, parent_of, type_of
from pgtopo.model.nsg import SecurityRuleRow
from pgtopo.model.patch import Action, Op, Patch, steps_of
from pgtopo.model.routing import RouteRow
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.sources import pointer
from pgtopo.sources.assemble import Assembly
from pgtopo.sources.intake import Intake, Readers
from pgtopo.sources.registry import kinds
from pgtopo.sources.rows import RowStore

RawRow = Callable[[Resource], bytes]
"""Gives the JSON text of the row a resource was made of."""

_LISTED = frozenset(
    {"subnets", "virtualnetworkpeerings", "privateendpointconnections", "securityrules", "routes"}
)
"""Children that stand inside their parent's row, too, and are read together with it."""


def rows_of_files(store: RowStore) -> RawRow:
    """The rows of an estate that was read from files."""

    def raw(resource: Resource) -> bytes:
        if resource.origin is None:
            raise UsageError(f"{resource.id} has no row of its own")
        return store.raw(resource.origin)

    return raw


def rows_given(rows: Iterable[Mapping[str, Any]]) -> RawRow:
    """The rows of an estate that was made of dictionaries; the last of an id counts."""
    held = {fold(str(row["id"])): row for row in rows if row.get("id")}
    return lambda resource: msgspec.json.encode(held[resource.id])


class Patcher:
    """Makes changed copies of one estate."""

    def __init__(self, topology: Topology, raw: RawRow) -> None:
        self.topology = topology
        self._raw = raw
        self._readers = Readers(kinds())

    def apply(self, patch: Patch) -> Topology:
        """A copy of the estate with the patch in it.

        Raises:
            UsageError: an operation names a row or a place that does not exist.
        """
        draft = _Draft(self.topology, self._raw)
        for number, op in enumerate(patch.ops):
            draft.change(op, f"ops[{number}] ({op})")
        return self._rebuilt(draft)

    def _rebuilt(self, draft: "_Draft") -> Topology:
        roots = self._roots(draft)
        changes: dict[ArmId, Resource | None] = dict.fromkeys(draft.deleted)
        for root in roots:
            changes.update(dict.fromkeys(self._family(root)))
        made, issues = self._parsed(draft, roots)
        changes.update(made)
        kept = [one for one in self.topology.issues if fold(one.resource) not in changes]
        _refuse_new(issues, set(self.topology.issues))
        return self.topology.with_changes(changes, [*kept, *issues])

    def _roots(self, draft: "_Draft") -> list[ArmId]:
        """The rows to parse again, each standing for itself and the children it lists."""
        found: dict[ArmId, None] = {}
        for arm_id in draft.edited:
            is_listed = arm_id.rsplit("/", 2)[-2] in _LISTED
            has_parent = is_listed and draft.exists(parent_of(arm_id))
            found[parent_of(arm_id) if has_parent else arm_id] = None
        for arm_id in (*draft.edited, *draft.deleted):
            found.update(dict.fromkeys(self._servers_behind(arm_id, draft)))
        return [root for root in found if root not in draft.deleted]

    def _servers_behind(self, arm_id: ArmId, draft: "_Draft") -> Iterator[ArmId]:
        """The servers whose mode may rest on a private endpoint that was touched."""
        if type_of(arm_id) != PrivateEndpoint.KIND:
            return
        text = msgspec.json.encode(draft.edited.get(arm_id)).decode().lower()
        for server in self.topology.all(FlexibleServer):
            was = any(one.id == arm_id for one in self.topology.endpoints_of(server.id))
            if was or f'"{server.id}' in text:
                yield server.id

    def _family(self, root: ArmId) -> Iterator[ArmId]:
        """A row, and the children that are read together with it."""
        topology = self.topology
        yield root
        for listed in (topology.subnets_of, topology.peerings_of, topology.connections_of):
            for child in listed(root):
                yield child.id
        rules = topology.index("rule rows", SecurityRuleRow, lambda row: (row.group,))
        routes = topology.index("route rows", RouteRow, lambda row: (row.table,))
        for row in (*rules.get(root, ()), *routes.get(root, ())):
            yield row.id

    def _parsed(
        self, draft: "_Draft", roots: list[ArmId]
    ) -> tuple[dict[ArmId, Resource], list[ParseIssue]]:
        ids = self.topology.ids
        assembly = Assembly(kinds(), ids)
        seeds = {
            endpoint.id: endpoint for root in roots for endpoint in self.topology.endpoints_of(root)
        }
        for seed in seeds.values():
            if seed.id not in draft.deleted and seed.id not in draft.edited:
                assembly.resources[seed.id] = seed
        intakes: dict[int, Intake] = {}
        for number, (text, source, offset, length) in enumerate(self._texts(draft, roots), 1):
            intake = intakes.get(source)
            if intake is None:
                intake = Intake(self._readers, ids, "patch", source, assembly.take)
                intakes[source] = intake
            intake.feed(text, number, offset, length)
        made = assembly.finish()
        for found in (*(a for i in intakes.values() for a in i.set_aside), *assembly.set_aside):
            raise UsageError(f"a changed row cannot be read: {found.reason}", _HINT)
        return made, [*(a for i in intakes.values() for a in i.issues), *assembly.issues]

    def _texts(self, draft: "_Draft", roots: list[ArmId]) -> Iterator[tuple[bytes, int, int, int]]:
        """The rows to parse: text, source, offset, length; changed rows stand nowhere."""
        done: set[ArmId] = set()
        wanted = [member for root in roots for member in self._family(root)]
        for arm_id in (*wanted, *draft.edited):
            if arm_id in done or arm_id in draft.deleted:
                continue
            done.add(arm_id)
            if arm_id in draft.edited:
                yield msgspec.json.encode(draft.edited[arm_id]), 0, -1, 0
                continue
            held = self.topology.find(arm_id)
            if held is not None and held.origin is not None:
                yield self._raw(held), held.origin.source, held.origin.offset, held.origin.length


_HINT = "check the values of the patch against a row of that kind"


def _refuse_new(issues: list[ParseIssue], known: set[ParseIssue]) -> None:
    """Refuse values that would only be ignored."""
    for issue in issues:
        if issue not in known and issue.path != "id":
            raise UsageError(f"{issue.resource}: {issue.path}: {issue.reason}", _HINT)


class _Draft:
    """Rows while a patch is applied to them."""

    def __init__(self, topology: Topology, raw: RawRow) -> None:
        self._topology = topology
        self._raw = raw
        self._read: dict[ArmId, Any] = {}
        self.edited: dict[ArmId, Any] = {}
        self.deleted: set[ArmId] = set()

    def exists(self, arm_id: ArmId) -> bool:
        """Whether there is a row of that id by now."""
        return self._row(arm_id) is not None

    def change(self, op: Op, place: str) -> None:
        """Apply one operation."""
        if op.op is Action.ADD_ROW:
            self._add(op, place)
        elif op.op is Action.DELETE_ROW:
            self._delete(op.target, place)
        else:
            self._edit(op, place)

    def _add(self, op: Op, place: str) -> None:
        arm_id = op.target
        row = {"id": op.id, "name": name_of(op.id), "type": type_of(arm_id), **op.value}
        if fold(str(row["id"])) != arm_id:
            raise UsageError(f"{place}: the row has another id: {row['id']}", _HINT)
        if str(row["type"]).lower() not in kinds():
            raise UsageError(f"{place}: pgtopo reads no rows of type {row['type']}", _HINT)
        if self.exists(arm_id) or self._nested(arm_id) is not None:
            raise UsageError(f"{place}: the row is there already", "use set to change it")
        self.deleted.discard(arm_id)
        self.edited[arm_id] = self._read[arm_id] = row

    def _delete(self, arm_id: ArmId, place: str) -> None:
        nested = self._nested(arm_id)
        if nested is not None:
            parent, elements, at = nested
            del elements[at]
            self.edited[parent] = self._read[parent]
        if nested is None and not self.exists(arm_id):
            raise UsageError(f"{place}: there is no such row", "check the id")
        below = [one.id for one in self._topology.resources() if is_within(one.id, arm_id)]
        for gone in (arm_id, *below):
            self.deleted.add(gone)
            self.edited.pop(gone, None)
        for gone in [one for one in self.edited if is_within(one, arm_id)]:
            del self.edited[gone]

    def _edit(self, op: Op, place: str) -> None:
        """Change a row, and the copy of it inside its parent's row, wherever it stands."""
        steps = steps_of(op.path)
        targets = list(self._targets(op.target))
        if not targets:
            raise UsageError(f"{place}: there is no such row", "check the id")
        if op.op is Action.REMOVE and len(targets) > 1:
            targets = [one for one in targets if pointer.has(one[1], steps)] or targets[:1]
        for owner, row in targets:
            if op.op is Action.SET:
                pointer.put(row, steps, op.value, place)
            else:
                pointer.take(row, steps, place)
            self.edited[owner] = self._read[owner]

    def _targets(self, arm_id: ArmId) -> Iterator[tuple[ArmId, Any]]:
        own = self._row(arm_id)
        if own is not None:
            yield arm_id, own
        nested = self._nested(arm_id)
        if nested is not None:
            parent, elements, at = nested
            yield parent, elements[at]

    def _row(self, arm_id: ArmId) -> Any:
        """The row of its own that a resource has; None where there is none."""
        if arm_id in self.deleted:
            return None
        if arm_id in self.edited:
            return self.edited[arm_id]
        if arm_id in self._read:
            return self._read[arm_id]
        held = self._topology.find(arm_id)
        if held is None or held.origin is None:
            return None
        try:
            row = msgspec.json.decode(self._raw(held))
        except (ValueError, RecursionError):
            row = None
        self._read[arm_id] = row if isinstance(row, dict) else None
        return self._read[arm_id]

    def _nested(self, arm_id: ArmId) -> tuple[ArmId, list[Any], int] | None:
        """Where a child stands inside its parent's row: the parent, the list, the place in it."""
        segment = arm_id.rsplit("/", 2)[-2] if arm_id.count("/") > 2 else ""
        if segment not in _LISTED:
            return None
        parent = parent_of(arm_id)
        row = self._row(parent)
        self._read.setdefault(parent, row)
        properties = row.get("properties") if row is not None else None
        for key, value in properties.items() if isinstance(properties, dict) else ():
            if key.lower() == segment and isinstance(value, list):
                for at, element in enumerate(value):
                    if _is(element, arm_id):
                        return parent, value, at
        return None


def _is(element: Any, arm_id: ArmId) -> bool:
    if not isinstance(element, dict):
        return False
    found = element.get("id")
    if isinstance(found, str) and found:
        return fold(found) == arm_id
    return pointer.name_in_list(element) == name_of(arm_id)
