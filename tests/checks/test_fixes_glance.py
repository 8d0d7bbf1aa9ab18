"""Pairs seen at a glance: what a change does to them is what judging everything says."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from pgtopo.checks import pair_glance
from pgtopo.checks.pair_reach import ends_concerned
from pgtopo.checks.registry import catalogue
from pgtopo.checks.rerun import Baseline
from pgtopo.checks.ways import Ways
from pgtopo.errors import UsageError
from pgtopo.model.ids import fold
from pgtopo.model.network import Peering
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.patch import Op, Patch, delete_row, remove_value, set_value
from pgtopo.sources.load import load_files
from pgtopo.sources.patching import Patcher, rows_of_files
from tests.checks.homes import injected
from tests.checks.proving import changed, in_full
from tests.estates.world import World, route, rule
from tests.thorough import some

if TYPE_CHECKING:
    from pgtopo.model.base import Resource

SNAPSHOTS = Path(__file__).resolve().parents[2] / "snapshots"
_KINDS = ("NetworkSecurityGroup", "RouteTable", "Peering", "Subnet", "VirtualNetwork", "ZoneLink")
_MORE = ("RecordSet", "PrivateZone", "FlexibleServer", "EndpointConnection", "PrivateEndpoint")


def _op(chance: random.Random, row: dict[str, object], other: dict[str, object]) -> Op:
    """Delete a row, empty one of its properties, or give it one of another row's."""
    properties, theirs = row.get("properties"), other.get("properties")
    if not isinstance(properties, dict) or not properties or chance.random() < 0.3:
        return delete_row(str(row["id"]))
    if isinstance(theirs, dict) and theirs and chance.random() < 0.5:
        key = chance.choice(sorted(theirs))
        return set_value(str(row["id"]), f"/properties/{key}", theirs[key])
    return remove_value(str(row["id"]), f"/properties/{chance.choice(sorted(properties))}")


@pytest.mark.parametrize("seed", some(range(3), 3))
@pytest.mark.parametrize("name", ["contoso/snapshot", "gallery/peering", "gallery/routes"])
def test_changes_at_random(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_glance, "_LARGE", 1)
    loaded = load_files([SNAPSHOTS / f"{name}.json"])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    baseline, old = Baseline(loaded.topology, None, catalogue()), in_full(loaded.topology)
    assert {one.key for one in baseline.findings()} == set(old)
    kinds: dict[str, list[Resource]] = {}
    for one in loaded.topology.resources():
        if one.origin is not None and type(one).__name__ in (*_KINDS, *_MORE):
            kinds.setdefault(type(one).__name__, []).append(one)
    chance, held = random.Random(seed), 0
    for _ in range(10):
        pick = [chance.choice(kinds[chance.choice(sorted(kinds))]) for _ in range(2)]
        rows = [msgspec.json.decode(loaded.rows.raw(one.origin)) for one in pick if one.origin]
        try:
            after = patcher.apply(Patch(ops=(_op(chance, *rows),)))
        except UsageError:
            continue
        held += 1
        new, found = in_full(after), baseline.against(after)
        assert {one.key for one in found.cleared} == set(old) - set(new)
        assert set(new) - set(old) <= {one.key for one in found.added} <= set(new)
    assert held


def test_a_group_at_a_servers_subnet_concerns_the_pairs_that_end_there() -> None:
    world = World()
    home = injected(world=world, nsg=world.nsg("nsg-pg", rule("deny", 200, "Deny")))
    topology = world.topology()
    (nsg,) = topology.all(NetworkSecurityGroup)
    after = changed(world, [set_value(topology.display(nsg.id), "/properties/securityRules", [])])
    assert ends_concerned(Ways(topology), topology, after) == frozenset({fold(home.subnet)})


def test_a_subnet_that_routes_lead_to_concerns_every_pair() -> None:
    world = World()
    table = world.route_table("rt", route("all", "0.0.0.0/0", "VirtualAppliance", "10.1.0.200"))
    home = injected(world=world)
    subnet = world.subnet(home.network, "snet-nva", "10.1.0.192/27", route_table=table)
    topology = world.topology()
    after = changed(world, [set_value(subnet, "/properties/defaultOutboundAccess", value=False)])
    assert ends_concerned(Ways(topology), topology, after) is None


def test_a_peering_with_a_network_nothing_passes_concerns_that_network() -> None:
    loaded = load_files([SNAPSHOTS / "contoso" / "snapshot.json"])
    topology, patcher = loaded.topology, Patcher(loaded.topology, rows_of_files(loaded.rows))
    ways = Ways(topology)
    peerings = [p for p in topology.all(Peering) if p.remote and not ways.is_crossed(p.network)]
    assert peerings
    for one in peerings[:5]:
        value = not one.allows_forwarded
        op = set_value(topology.display(one.id), "/properties/allowForwardedTraffic", value=value)
        found = ends_concerned(ways, topology, patcher.apply(Patch(ops=(op,))))
        assert found is not None
        assert one.network in found
        assert found <= {one.network, one.remote}


def test_a_peering_that_comes_to_claim_ranges_of_others_concerns_every_pair() -> None:
    """A hub that routes by it then sends what is meant for one network to another."""
    world = World()
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    place = world.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26")
    world.azure_firewall("afw", place, "10.0.1.4", world.firewall_policy("afwp"))
    home = injected(world=world)
    app = world.vnet("vnet-app", "10.3.0.0/16")
    world.peer(home.network, hub)
    world.peer(app, hub)
    topology = world.topology()
    half = next(
        p for p in topology.all(Peering) if fold(hub) == p.network and p.remote == fold(app)
    )
    theirs = {"addressPrefixes": ["10.1.0.0/16"]}
    op = set_value(topology.display(half.id), "/properties/remoteAddressSpace", theirs)
    assert ends_concerned(Ways(topology), topology, changed(world, [op])) is None
