"""Reads one row as pgtopo does, without hiding what goes wrong in a kind's own code."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import msgspec

from pgtopo.model.base import ParseIssue, Resource
from pgtopo.model.ids import IdTable
from pgtopo.sources.kind import Edge, Kind, Nested
from pgtopo.sources.registry import kinds
from pgtopo.sources.salvage import salvage

R = TypeVar("R", bound=Resource)

SUB = "/subscriptions/7c1d5e0a-93b2-4f6e-8a11-5f0c2d9b3e44"
GROUP = f"{SUB}/resourceGroups/rg-net-prod"
NET = f"{GROUP}/providers/Microsoft.Network"
PG = f"{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers"
VNET = f"{NET}/virtualNetworks/vnet-app-weu"
SUBNET = f"{VNET}/subnets/snet-pg"
SERVER = f"{PG}/psql-orders-weu"


class Found(NamedTuple):
    """What became of one row."""

    resources: list[Resource]
    issues: list[ParseIssue]

    def of(self, kind: type[R]) -> list[R]:
        return [one for one in self.resources if isinstance(one, kind)]


def read(row: dict[str, Any], arm_type: str | None = None) -> Found:
    """The resources of a row, nested ones included, and what was noted."""
    kind = kinds()[(arm_type or row["type"]).lower()]
    issues: list[ParseIssue] = []
    edge = Edge(IdTable(), issues)
    decoded = _decoded(row, kind, issues)
    return Found(_built(decoded, kind, edge), issues)


def one(row: dict[str, Any], kind: type[R]) -> R:
    """The one resource of a class that a row holds, where nothing had to be noted."""
    found = read(row)
    assert found.issues == []
    (resource,) = found.of(kind)
    return resource


def _decoded(row: dict[str, Any], kind: Kind, issues: list[ParseIssue]) -> Any:
    text = msgspec.json.encode(row)
    try:
        return msgspec.json.decode(text, type=kind.shape)
    except msgspec.ValidationError:
        return salvage(row, kind.shape, lambda path, why: issues.append(ParseIssue("", path, why)))


def _built(row: Any, kind: Kind, edge: Edge) -> list[Resource]:
    edge.resource = row.id or ""
    resources: list[Resource] = []
    for built in list(kind.build(row, edge)):
        if isinstance(built, Nested):
            resources.extend(_built(built.row, kinds()[built.kind], edge))
        else:
            resources.append(built)
    return resources


def ref(arm_id: str | None) -> dict[str, str | None]:
    return {"id": arm_id}
