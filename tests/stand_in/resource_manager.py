"""What Resource Manager answers: lists of children, locks, usages, service tags."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.stand_in.estate import Estate, Row, subscription_of
from tests.stand_in.reply import Reply, error

VERSIONS = {
    "firewallrules": "2026-10-01",
    "configurations": "2026-10-01",
    "virtualendpoints": "2026-10-01",
    "privateendpointconnections": "2026-10-01",
    "locks": "2020-05-01",
    "usages": "2026-03-01",
    "privatednszonegroups": "2026-03-01",
    "hubvirtualnetworkconnections": "2026-03-01",
    "hubroutetables": "2026-03-01",
    "routingintent": "2026-03-01",
    "rulecollectiongroups": "2026-03-01",
    "servicetags": "2026-03-01",
    "effectiveroutetable": "2026-03-01",
    "effectivenetworksecuritygroups": "2026-03-01",
    "forwardingrules": "2025-05-01",
    "virtualnetworklinks": "2025-05-01",
}
_TAGS = {
    "name": "Public",
    "cloud": "Public",
    "changeNumber": "1",
    "values": [
        {
            "name": "AzureMonitor.WestEurope",
            "properties": {"region": "westeurope", "addressPrefixes": ["203.0.113.0/28"]},
        }
    ],
}
_OPERATION = re.compile(r"^(?P<at>.+)/operations/(?P<what>\w+)$")


class ResourceManager:
    """Answers reads of single resources and their children."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.page = 100
        self.denied: set[str] = set()
        """Last segments, in lower case, that this login must not read."""
        self.origin = ""
        """Where this stand-in answers, for the links in its answers."""

    def answer(self, method: str, url: str) -> Reply:
        """The answer to one request."""
        found = urlsplit(url)
        operation = _OPERATION.match(found.path)
        if operation:
            return _listed(self._in_force(operation["at"], operation["what"]))
        parent, _, what = found.path.rpartition("/")
        query = parse_qs(found.query)
        if query.get("api-version") != [VERSIONS.get(what.lower(), "")]:
            return error(400, "InvalidApiVersionParameter", f"{what}: {query.get('api-version')}")
        if what.lower() in self.denied:
            return error(403, "AuthorizationFailed", f"no authorization to read {what}")
        if what.lower().startswith("effective"):
            return self._begin(method, parent, what)
        if method != "GET":
            return error(405, "MethodNotAllowed", method)
        return self._read(parent, what, int(query.get("$skip", ["0"])[0]), found.path)

    def _read(self, parent: str, what: str, start: int, path: str) -> Reply:
        if what.lower() == "servicetags":
            given = self.estate.of_kind("pgtopo/servicetags")
            return _json(given[0]["properties"] if given else _TAGS)
        if what.lower() == "locks":
            return self._page(self._locks(parent), start, path)
        if not self._has(parent):
            return error(404, "ResourceNotFound", f"{parent} was not found")
        if what.lower() == "usages":
            return self._page(self._usages(parent), start, path)
        below = f"{parent}/{what}/".lower()
        rows = [row for row in self.estate.all() if str(row["id"]).lower().startswith(below)]
        return self._page([_without_columns(row) for row in rows], start, path)

    def _has(self, arm_id: str) -> bool:
        return any(str(row["id"]).lower() == arm_id.lower() for row in self.estate.all())

    def _locks(self, path: str) -> list[Row]:
        here = subscription_of(path)
        rows = self.estate.of_kind("microsoft.authorization/locks")
        return [_without_columns(row) for row in rows if subscription_of(row["id"]) == here]

    def _usages(self, network: str) -> list[Row]:
        found = []
        for row in self.estate.of_kind("pgtopo/subnetusage"):
            subnet = str(row["id"]).rsplit("/providers/", 1)[0]
            if subnet.lower().startswith(f"{network}/subnets/".lower()):
                used = row["properties"]["used"]
                name = {"value": "SubnetSpace", "localizedValue": "Subnet size and usage"}
                found.append(
                    {"id": subnet, "currentValue": float(used), "limit": 251.0, "name": name}
                )
        return found

    def _page(self, rows: list[Any], start: int, path: str) -> Reply:
        found: dict[str, Any] = {"value": rows[start : start + self.page]}
        if start + self.page < len(rows):
            version = VERSIONS[path.rsplit("/", 1)[-1].lower()]
            more = f"api-version={version}&$skip={start + self.page}"
            found["nextLink"] = f"{self.origin}{path}?{more}"
        return _json(found)

    def _begin(self, method: str, interface: str, what: str) -> Reply:
        """Effective routes and rules take a while: the answer is where to look for them."""
        if method != "POST":
            return error(405, "MethodNotAllowed", method)
        if not self._has(interface):
            return error(404, "ResourceNotFound", f"{interface} was not found")
        place = f"{self.origin}{interface}/operations/{what}"
        return Reply(202, b"", {"Location": place, "Retry-After": "1"})

    def _in_force(self, interface: str, what: str) -> list[Any]:
        kind = "routes" if what.lower() == "effectiveroutetable" else "rules"
        given = self.estate.of_kind(f"pgtopo/effective{kind}")
        for row in given:
            if str(row["id"]).lower().startswith(f"{interface}/".lower()):
                return list(row["properties"].get("value", []))
        return []


def _without_columns(row: Row) -> Row:
    """The row without the columns only Resource Graph adds."""
    return {name: row[name] for name in row if name not in ("subscriptionId", "resourceGroup")}


def _listed(values: list[Any]) -> Reply:
    return _json({"value": values})


def _json(value: Any) -> Reply:
    return Reply(200, json.dumps(value).encode())
