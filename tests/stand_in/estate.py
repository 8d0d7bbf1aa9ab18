"""The rows behind the stand-in, and where Azure keeps each kind of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]

NETWORK = frozenset(
    {
        "microsoft.network/firewallpolicies/rulecollectiongroups",
        "microsoft.network/effectivesecurityadminrules",
        "microsoft.network/effectiveconnectivityconfigurations",
        "microsoft.network/networkgroupmemberships",
        "microsoft.network/networkmanagerconnections",
    }
)
DNS = frozenset(
    {f"microsoft.network/privatednszones/{kind}" for kind in ("a", "aaaa", "cname", "soa")}
    | {
        "microsoft.network/dnsforwardingrulesets/forwardingrules",
        "microsoft.network/dnsforwardingrulesets/virtualnetworklinks",
    }
)
CONTAINERS = frozenset(
    {"microsoft.resources/subscriptions", "microsoft.resources/subscriptions/resourcegroups"}
)
COMPUTE = frozenset({"microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces"})
ELSEWHERE = frozenset(
    {
        "microsoft.authorization/locks",
        "microsoft.dbforpostgresql/flexibleservers/configurations",
        "microsoft.dbforpostgresql/flexibleservers/firewallrules",
        "microsoft.dbforpostgresql/flexibleservers/privateendpointconnections",
        "microsoft.dbforpostgresql/flexibleservers/virtualendpoints",
        "microsoft.network/privateendpoints/privatednszonegroups",
        "microsoft.network/virtualhubs/hubroutetables",
        "microsoft.network/virtualhubs/hubvirtualnetworkconnections",
        "microsoft.network/virtualhubs/routingintent",
    }
)
"""Kinds that Resource Graph has no table for."""


def table_of(kind: str) -> str:
    """Where Resource Graph keeps a kind; empty where nowhere."""
    for table, kinds in (
        ("networkresources", NETWORK),
        ("dnsresources", DNS),
        ("resourcecontainers", CONTAINERS),
        ("computeresources", COMPUTE),
        ("resourcechanges", {"microsoft.resources/changes"}),
        ("healthresources", {"microsoft.resourcehealth/availabilitystatuses"}),
    ):
        if kind in kinds:
            return table
    return "" if kind in ELSEWHERE or kind.startswith("pgtopo/") else "resources"


class Estate:
    """Rows that may change while they are asked for."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._lock = threading.Lock()
        self._rows = {str(row["id"]).lower(): row for row in rows}
        self.without_table: set[str] = set()
        """Kinds that Resource Graph shall not have although it could."""

    @classmethod
    def read(cls, path: str | Path) -> Estate:
        """The rows of a snapshot."""
        return cls(json.loads(Path(path).read_text(encoding="utf-8"))["rows"])

    def all(self) -> list[Row]:
        with self._lock:
            return list(self._rows.values())

    def of_kind(self, kind: str) -> list[Row]:
        return [row for row in self.all() if row["type"].lower() == kind.lower()]

    def table(self, name: str, subscriptions: Iterable[str]) -> list[Row]:
        """The rows of a table in some subscriptions, with the columns Resource Graph adds."""
        wanted = {one.lower() for one in subscriptions}
        found = []
        for row in self.all():
            kind = row["type"].lower()
            if kind in self.without_table or table_of(kind) != name:
                continue
            if subscription_of(row["id"]) in wanted:
                found.append({**row, "type": kind, "subscriptionId": subscription_of(row["id"])})
        return found

    def subscriptions(self) -> list[str]:
        return sorted({subscription_of(row["id"]) for row in self.all()} - {""})

    def remove(self, arm_id: str) -> None:
        with self._lock:
            del self._rows[arm_id.lower()]

    def put(self, row: Row) -> None:
        with self._lock:
            self._rows[str(row["id"]).lower()] = row


def subscription_of(arm_id: str) -> str:
    """The subscription in an id, in lower case."""
    parts = arm_id.split("/")
    return parts[2].lower() if len(parts) > 2 and parts[1].lower() == "subscriptions" else ""
