"""What is sent needs the permissions of the table, and nothing beyond them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pgtopo.reports.permissions.needs import needs
from tests.live.conftest import Start, ask
from tests.live.estates import FIRST, nsg
from tests.live.test_arm_reads import machines
from tests.stand_in.estate import Estate
from tests.stand_in.server import Call

DEMO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"

EFFECTIVE = "microsoft.network/effective"
OF_NETWORKS = (f"{EFFECTIVE}securityadminrules", f"{EFFECTIVE}connectivityconfigurations")
"""Rows that belong to a network and are seen by whoever may read it."""


def actions(call: Call) -> set[str]:
    """What a call takes, worked out from its address or query by Azure's naming of actions."""
    if call.is_query:
        kinds = re.search(r"where type in~ \(([^)]*)\)", call.query)
        assert kinds
        named = {kind.strip(" '") for kind in kinds[1].split(",")}
        return {"microsoft.resourcegraph/resources/read"} | {of_rows(kind) for kind in named}
    provider = call.path.lower().rpartition("/providers/")[2].split("/")
    types = "/".join([provider[0], *provider[1::2]])
    if "operations" in provider:  # looking after a question that was asked before
        return set()
    if call.method == "POST":
        return {f"{types}/{provider[-1]}/action" if len(provider) % 2 else f"{types}/action"}
    return {f"{types}/read"}


def of_rows(kind: str) -> str:
    """What it takes to see rows of a kind."""
    if kind in OF_NETWORKS:
        return "microsoft.network/virtualnetworks/read"
    return f"{kind}/read"


def whole() -> Estate:
    """The demo, and one of everything it lacks whose children are read."""
    estate = Estate.read(DEMO)
    for row in machines().all():
        estate.put(row)
    hub = nsg(1, FIRST) | {"type": "microsoft.network/virtualhubs"}
    estate.put(hub | {"id": hub["id"].replace("networkSecurityGroups", "virtualHubs")})
    estate.without_table = {"microsoft.network/dnsforwardingrulesets/forwardingrules"}
    return estate


@pytest.mark.parametrize("is_all", [True, False], ids=["every option", "no option"])
def test_only_what_the_table_of_permissions_names_is_used(start: Start, is_all: bool) -> None:
    stand_in = start(whole())
    stand_in.graph.largest_page = 20
    found = ask(stand_in, has_effective=is_all, has_changes=is_all, has_health=is_all)
    assert found.is_whole
    granted = {need.permission.lower() for need in needs() if is_all or not need.option}
    used = {action for call in stand_in.calls for action in actions(call)}
    assert used == granted
    if not is_all:
        assert {call.method for call in stand_in.calls if not call.is_query} == {"GET"}
        assert all(one.endswith("/read") for one in used), "Reader is `*/read`"
