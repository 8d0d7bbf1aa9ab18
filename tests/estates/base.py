"""The rows of a tiny world and what was read of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.estates.rows import (
    CREATED_AT,
    DEFAULT_GROUP,
    DEFAULT_LOCATION,
    DEFAULT_SUBSCRIPTION,
    KINDS,
    Row,
    arm_id,
    last,
)

#: What any method takes beside ARM properties: fields of the row itself.
ROW_FIELDS = ("tags", "sku", "zones", "kind", "identity", "managedBy")


class WorldBase:
    """Holds rows and coverage, and knows how a row is made.

    Every method that adds something takes `sub=`, `rg=` and `location=`, row fields such as
    `tags=`, `sku=` and `zones=`, and any further keyword as an ARM property that replaces what
    the method would write; `...` (Ellipsis) as a value leaves the property out.
    """

    def __init__(
        self,
        complete: bool | None = True,
        sub: str = DEFAULT_SUBSCRIPTION,
        rg: str = DEFAULT_GROUP,
        location: str = DEFAULT_LOCATION,
    ) -> None:
        """A world; `complete=True` read every kind, `False` none, `None` states no coverage."""
        self.rows: list[Row] = []
        self.coverage: list[Row] = []
        self.declared: list[tuple[str, tuple[str, ...], int]] = []
        self.is_stated = complete is not None
        self.sub = sub
        self.rg = rg
        self.location = location
        self.scope: Row = {"cloud": "public"}
        self._by_id: dict[str, Row] = {}
        if complete:
            self.coverage = [{"kind": kind, "scope": "/", "status": "read"} for kind in KINDS]

    @contextmanager
    def at(
        self, sub: str | None = None, rg: str | None = None, location: str | None = None
    ) -> Iterator[None]:
        """Within the block, what is added lands in this subscription, group and region."""
        before = self.sub, self.rg, self.location
        self.sub, self.rg, self.location = sub or self.sub, rg or self.rg, location or self.location
        try:
            yield
        finally:
            self.sub, self.rg, self.location = before

    # What was read

    def read(self, kind: str, scope: str = "/") -> None:
        """State that a kind was read within a scope."""
        self.coverage.append({"kind": kind.lower(), "scope": scope, "status": "read"})

    def unread(self, *kinds: str) -> None:
        """Drop every statement about these kinds, as if nobody had asked for them."""
        gone = {kind.lower() for kind in kinds}
        self.coverage = [entry for entry in self.coverage if entry["kind"] not in gone]

    def denied(
        self,
        kind: str,
        scope: str = "/",
        detail: str = "AuthorizationFailed",
        status: str = "denied",
    ) -> None:
        """State that a kind could not be read there, in place of what was said of that scope."""
        kind = kind.lower()
        self.coverage = [
            entry
            for entry in self.coverage
            if (entry["kind"], entry["scope"].lower()) != (kind, scope.lower())
        ]
        entry = {"kind": kind, "scope": scope, "status": status, "rows": 0, "detail": detail}
        self.coverage.append(entry)

    # Looking at and breaking what is there

    def row(self, resource_id: str) -> Row:
        """The row, or the subnet or peering nested in one, that has this id."""
        return self._by_id[resource_id.lower()]

    def has(self, resource_id: str) -> bool:
        """Whether this id was added."""
        return resource_id.lower() in self._by_id

    def properties(self, resource_id: str) -> Row:
        """The properties of what has this id, to be changed in place."""
        found: Row = self.row(resource_id)["properties"]
        return found

    def remove(self, resource_id: str) -> None:
        """Take a row, or a nested subnet or peering, out of the world."""
        gone = self._by_id.pop(resource_id.lower())
        self.rows = [row for row in self.rows if row is not gone]
        for row in self.rows:
            for key in ("subnets", "virtualNetworkPeerings"):
                nested = row["properties"].get(key)
                if isinstance(nested, list):
                    row["properties"][key] = [one for one in nested if one is not gone]

    # Making rows

    def raw(self, row: Row) -> str:
        """Add a finished row as it is."""
        self.rows.append(row)
        self._by_id[row["id"].lower()] = row
        return str(row["id"])

    def _add(self, kind: str, name: str, properties: Row, props: dict[str, Any]) -> str:
        """Add a row of its own group and name."""
        sub = props.pop("sub", None) or self.sub
        rg = props.pop("rg", None) or self.rg
        return self._place(arm_id(sub, rg, kind, name), kind, properties, props)

    def _add_child(self, parent: str, kind: str, name: str, properties: Row, props: Row) -> str:
        """Add a row below a parent's id."""
        segment = kind.rsplit("/", 1)[-1]
        props.setdefault("location", None)
        return self._place(f"{parent}/{segment}/{name}", kind, properties, props)

    def _add_extension(self, parent: str, kind: str, name: str, properties: Row, props: Row) -> str:
        """Add a row that extends another resource: a lock, an effective configuration."""
        props.setdefault("location", None)
        return self._place(f"{parent}/providers/{kind}/{name}", kind, properties, props)

    def _place(self, row_id: str, kind: str, properties: Row, props: dict[str, Any]) -> str:
        parts = row_id.split("/")
        location = props.pop("location", self.location)
        row: Row = {"id": row_id, "name": last(row_id), "type": kind.lower()}
        if location is not None:
            row["location"] = location
        if len(parts) > 2 and parts[1].lower() == "subscriptions":
            row["subscriptionId"] = props.pop("sub", None) or parts[2]
        if len(parts) > 4 and parts[3].lower() == "resourcegroups":
            row["resourceGroup"] = (props.pop("rg", None) or parts[4]).lower()
        for field in ROW_FIELDS:
            if field in props:
                row[field] = props.pop(field)
        row["properties"] = merged(properties, props)
        return self.raw(row)

    def _home(self, resource_id: str) -> str:
        """The location of a network, or of the network that holds a subnet."""
        network = resource_id.split("/subnets/", maxsplit=1)[0]
        if not self.has(network):
            return self.location
        return str(self.row(network).get("location", self.location))

    def _occupy(self, subnet: str | None, configuration: str) -> None:
        """List an ip configuration on its subnet, as Azure does."""
        if subnet is not None and self.has(subnet):
            self.properties(subnet).setdefault("ipConfigurations", []).append({"id": configuration})

    # Handing it over

    def snapshot(self) -> Row:
        """The world as a snapshot document."""
        return {
            "format": "pgtopo.snapshot",
            "version": 1,
            "created_at": CREATED_AT,
            "tool": "pgtopo 1.0",
            "scope": self.scope,
            "coverage": self.coverage,
            "rows": self.rows,
        }


def merged(properties: Row, props: dict[str, Any]) -> Row:
    """The properties with replacements; Ellipsis leaves one out."""
    result = properties | props
    return {key: value for key, value in result.items() if value is not ...}
