"""The matrix: cells equal traces, the summary equals the cells, odd pairs are traced alone."""

from __future__ import annotations

from collections import Counter

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.engine import cell_of
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.verdict import Verdict
from tests.estates.rows import rule
from tests.estates.world import World
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, Scene


def _hub() -> Scene:
    """Two spokes behind a firewall; the database subnet refuses half of the app subnet."""
    scene = Scene(
        app_routes=[SPOKE_TO_DATABASE],
        pg_routes=[DATABASE_TO_SPOKE],
        pg_nsg=[rule("half", 100, "Deny", src="10.1.2.128/25", ports="5432")],
    ).spokes()
    scene.firewall()
    scene.subnet(scene.a, "snet-free", "10.1.3.0/24")
    scene.firewall_rule(scene.public_server("pg-public"), "all", "0.0.0.0", "0.0.0.0")
    scene.linked(scene.a)
    return scene


def _direct() -> Scene:
    scene = Scene(pg_nsg=[]).peered()
    scene.linked(scene.a, scene.b)
    return scene


@pytest.mark.parametrize("make", [_hub, _direct, Scene, World])
def test_cells_equal_traces(make: type[World]) -> None:
    facts = Facts(make().topology())
    found = matrix(facts)
    for number, subnet in enumerate(found.clients):
        row = found.row(number)
        for place, server in enumerate(found.servers):
            assert row[place] == cell_of(trace(facts, subnet_client(facts, subnet), server))


def test_subnet_that_is_partly_refused_is_mixed() -> None:
    found = matrix(Facts(_hub().topology()))
    cells = {
        (subnet.name, server.name): found.cell(i, j)
        for i, subnet in enumerate(found.clients)
        for j, server in enumerate(found.servers)
    }
    assert cells["snet-app", "pg1"].verdict is Verdict.MIXED
    assert cells["snet-app", "pg1"].code == "NSG_DENY"
    assert cells["snet-app", "pg-public"].verdict is Verdict.ALLOWED


@pytest.mark.parametrize("make", [_hub, _direct, World])
def test_summary_counts_what_the_cells_say(make: type[World]) -> None:
    found = matrix(Facts(make().topology()))
    cells = [cell for row in found.rows() for cell in row]
    summary = found.summary()
    assert summary.pairs == len(cells)
    assert summary.by_verdict == dict(Counter(cell.verdict.value for cell in cells))
    assert summary.by_code == dict(Counter(cell.code for cell in cells))


def test_service_subnets_are_no_clients() -> None:
    scene = _hub()
    names = {subnet.name for subnet in matrix(Facts(scene.topology())).clients}
    assert "AzureFirewallSubnet" not in names
    assert "snet-pg" not in names
    assert "snet-app" in names
