"""Judging again only what a change touches says what judging everything says."""

import json
import random
from pathlib import Path

import pytest

from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.rerun import Baseline
from pgtopo.model.ids import fold
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.patch import Op, Patch, delete_row, remove_value, set_value
from pgtopo.model.server import FlexibleServer
from pgtopo.model.settings import DeclaredClient, Settings
from pgtopo.model.topology import Topology
from pgtopo.sources.load import load_files
from pgtopo.sources.patching import Patcher, rows_given, rows_of_files
from tests.checks import driver
from tests.checks.homes import injected
from tests.checks.proving import in_full, prover_of
from tests.estates.world import rule
from tests.thorough import some

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"
ROWS = json.loads(CONTOSO.read_text())["rows"]


def hold(baseline: Baseline, old: dict[str, Finding], after: Topology) -> None:
    new = in_full(after)
    found = baseline.against(after)
    assert {one.key for one in found.cleared} == set(old) - set(new)
    added = {one.key for one in found.added}
    assert set(new) - set(old) <= added
    assert added <= set(new)
    for key in set(old) & set(new) - added:
        assert new[key].outcome is old[key].outcome or not new[key].is_fail


@pytest.mark.parametrize("seed", some(range(4), 4))
def test_on_contoso_with_rows_deleted_and_properties_removed(seed: int) -> None:
    loaded = load_files([CONTOSO])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    baseline, old = Baseline(loaded.topology, None, catalogue()), in_full(loaded.topology)
    chance = random.Random(seed)
    for row in chance.sample(ROWS, 12):
        if loaded.topology.find(fold(row["id"])) is None:
            continue
        ops: list[Op] = [delete_row(row["id"])]
        if row["properties"] and chance.random() < 0.6:
            key = chance.choice(sorted(row["properties"]))
            ops = [remove_value(row["id"], f"/properties/{key}")]
        hold(baseline, old, patcher.apply(Patch(ops=tuple(ops))))


def test_on_every_small_world_with_each_row_deleted() -> None:
    chance = random.Random(7)
    tables = list(driver.tables())
    for table in chance.sample(tables, 25):
        _, make, _ = chance.choice(driver.cases_of(table))
        world = make()
        topology = world.topology()
        baseline, old = Baseline(topology, None, catalogue()), in_full(topology)
        patcher = Patcher(topology, rows_given(world.rows))
        for row in chance.sample(world.rows, min(2, len(world.rows))):
            if topology.find(fold(row["id"])) is not None:
                after = patcher.apply(Patch(ops=(delete_row(row["id"]),)))
                hold(baseline, old, after)


@pytest.mark.parametrize("name", ["endpoint", "access"])
def test_on_the_gallery_with_servers_and_groups_changed(name: str) -> None:
    """Clients, servers and filters that are brought along by questions about whole paths."""
    loaded = load_files([CONTOSO.parents[1] / "gallery" / f"{name}.json"])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    baseline, old = Baseline(loaded.topology, None, catalogue()), in_full(loaded.topology)
    servers = loaded.topology.all(FlexibleServer)
    groups = [one for one in loaded.topology.all(NetworkSecurityGroup) if one.rules]
    path = "/properties/network/publicNetworkAccess"
    ops = [set_value(one.id, path, "Disabled") for one in servers if one.public_access]
    ops += [set_value(one.id, "/properties/securityRules", []) for one in groups]
    assert ops
    for op in ops:
        hold(baseline, old, patcher.apply(Patch(ops=(op,))))


def test_only_what_rests_on_the_change_is_judged_again() -> None:
    loaded = load_files([CONTOSO])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    baseline = Baseline(loaded.topology, None, catalogue())
    row = next(r for r in ROWS if r["type"].lower().endswith("/firewallrules"))
    found = baseline.against(patcher.apply(Patch(ops=(delete_row(row["id"]),))))
    assert 0 < found.judged < 30


def test_a_declared_client_that_is_cut_off_is_told() -> None:
    home = injected()
    world = home.world
    app = world.subnet(home.network, "snet-app", "10.1.9.0/24")
    settings = Settings(clients=(DeclaredClient(source="snet-app", targets=("psql-orders",)),))
    prover = prover_of(world, settings)
    found = prover.difference([delete_row(home.link)])
    assert found is not None
    assert [(one.before, one.after) for one in found.lost] == [("allowed", "blocked")]
    assert not found.gained
    assert app


def test_a_declared_client_that_gets_through_is_told() -> None:
    home = injected()
    home.world.remove(home.link)
    home.world.subnet(home.network, "snet-app", "10.1.9.0/24")
    settings = Settings(clients=(DeclaredClient(source="snet-app"),))
    prover = prover_of(home.world, settings)
    finding = next(f for f in prover.baseline.findings() if f.check == "PGT103")
    (fix,) = (prover.proved(one, finding.key) for one in prover.candidates(finding))
    assert [(one.before, one.after) for one in fix.gained] == [("blocked", "allowed")]


def test_two_flows_denied_by_one_group_get_rules_of_different_places() -> None:
    from pgtopo.checks import causes
    from tests.estates.world import World

    world = World()
    nsg = world.nsg("nsg-pg", rule("deny-out", 200, "Deny", "Outbound"), rule("deny", 200, "Deny"))
    home = injected(world=world, nsg=nsg)
    prover = prover_of(world)
    findings = sorted(prover.baseline.findings(), key=lambda one: one.key)
    found = causes.fixes(prover, findings, causes.Depth.CAUSES)
    ops = {op.path: op for fixes in found.values() for fix in fixes for op in fix.ops}
    copy = prover.copy(list(ops.values()))
    assert copy is not None
    left = {one.check for one in in_full(copy).values() if one.is_fail}
    assert not left & {"PGT302", "PGT303", "PGT304", "PGT314"}
    assert home.server
