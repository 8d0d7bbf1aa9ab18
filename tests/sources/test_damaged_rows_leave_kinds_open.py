"""A row that cannot be read may say anything: its kind is read in part, and faults stay open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.model.coverage import Coverage, Status
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import TENANT, ArmId, fold
from pgtopo.model.network import NetworkInterface, Peering, Subnet, VirtualNetwork
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer
from pgtopo.sources.load import load_files, load_rows
from tests.estates.rows import route
from tests.examples.ask import ask
from tests.examples.scene import Scene
from tests.sources.packing import NET, OTHER_SUB, PG, SUB, Row, envelope, put, row, vnet

ZONE = f"{NET}/privateDnsZones/z"
NETWORK = fold(f"{NET}/virtualNetworks/vnet-a")
ALL = "/"


def said(*kinds: str, scope: str = ALL) -> list[Row]:
    return [{"kind": kind, "scope": scope, "status": "read"} for kind in kinds]


def read(folder: Path, rows: list[str], **extra: Any) -> Coverage:
    head = json.dumps(envelope([], **extra))[:-2]
    path = put(folder / "rows.json", head + "\n" + ",\n".join(rows) + "\n]}")
    return load_files([path]).topology.coverage


def partial(coverage: Coverage, kind: str) -> dict[ArmId, str]:
    return {e.scope: e.detail for e in coverage.gaps(kind) if e.status is Status.PARTIAL}


LINK = f'"id": "{ZONE}/virtualNetworkLinks/l", "type": "{ZoneLink.KIND}"'


@pytest.mark.parametrize(
    "text",
    [
        f'{{{LINK}, "properties": }}',
        f'{{{LINK} "properties": {{}}}}',
        f'{{"id": "{ZONE}/virtualNetworkLinks/l", "name": }}',
        f'{{"properties": {{"virtualNetwork": {{"id": "{NETWORK}"}}}}, {LINK}, "a": }}',
        f'{{{LINK}, "x": {"[" * 100_000}{"]" * 100_000}}}',
    ],
)
def test_lost_child_row_leaves_its_kind_open_at_its_parent(text: str, tmp_path: Path) -> None:
    coverage = read(tmp_path, [text, json.dumps(vnet())], coverage=said(ZoneLink.KIND))
    assert partial(coverage, ZoneLink.KIND) == {fold(ZONE): "1 row could not be read"}
    assert coverage.is_read(ZoneLink.KIND, fold(f"{ZONE}-other"))


def test_lost_row_leaves_its_kind_open_in_its_subscription(tmp_path: Path) -> None:
    text = f'{{"id": "{NETWORK}", "type": "microsoft.network/virtualnetworks", "a": }}'
    coverage = read(tmp_path, [text], coverage=said(VirtualNetwork.KIND))
    assert set(partial(coverage, VirtualNetwork.KIND)) == {fold(SUB)}
    assert set(partial(coverage, Subnet.KIND)) == {NETWORK}
    assert set(partial(coverage, Peering.KIND)) == {NETWORK}
    assert coverage.is_read(VirtualNetwork.KIND, fold(OTHER_SUB))


@pytest.mark.parametrize("arm_id", [None, "", " / ", {"a": 1}])
def test_lost_row_without_id_is_placed_by_its_subscription_else_anywhere(arm_id: object) -> None:
    lost = {"id": arm_id, "type": PrivateZone.KIND}
    kinds = said(PrivateZone.KIND, scope=SUB)
    inside = {**lost, "subscriptionId": SUB.rsplit("/", 1)[-1]}
    assert set(partial(load_rows([inside], kinds).coverage, PrivateZone.KIND)) == {fold(SUB)}
    assert set(partial(load_rows([lost], kinds).coverage, PrivateZone.KIND)) == {fold(SUB)}
    wide = load_rows([lost], said(PrivateZone.KIND)).coverage
    assert wide.status(PrivateZone.KIND, TENANT) is Status.PARTIAL


def test_lost_row_lowers_inferred_coverage_and_counts(tmp_path: Path) -> None:
    rows = [json.dumps(vnet(f"v{n}")) for n in range(9)]
    text = f'{{"id": "{NETWORK}", "type": "microsoft.network/virtualnetworks", "a": }}'
    path = put(tmp_path / "rows.json", "\n".join([*rows, text, text]))
    coverage = load_files([path]).topology.coverage
    entry = coverage.entry(VirtualNetwork.KIND, fold(SUB))
    assert entry is not None
    assert (entry.status, entry.rows) == (Status.PARTIAL, 9)
    assert entry.detail == "2 rows could not be read"
    whole = load_files([path], assume_complete=True).topology.coverage
    assert not whole.is_read(VirtualNetwork.KIND, fold(SUB))


@pytest.mark.parametrize("text", ["null", "7", '"type"', "[1, 2]", "plain text", "{}"])
def test_lost_row_of_no_known_kind_is_only_counted(text: str, tmp_path: Path) -> None:
    rows = [json.dumps(vnet()), text, json.dumps(vnet("b"))]
    path = put(tmp_path / "a.json", "[\n" + ",\n".join(rows) + "\n]")
    estate = load_files([path]).topology
    assert len(estate.set_aside) == 1
    assert not any(estate.coverage.gaps(kind) for kind in estate.coverage.kinds())


def test_a_place_that_was_denied_stays_denied() -> None:
    coverage = [{"kind": PrivateZone.KIND, "scope": SUB, "status": "denied"}]
    found = load_rows([{"id": "", "type": PrivateZone.KIND}], coverage).coverage
    assert found.status(PrivateZone.KIND, fold(SUB)) is Status.DENIED


@pytest.mark.parametrize(
    ("kind", "path", "base", "damage"),
    [
        (ZoneLink.KIND, "privateDnsZones/z/virtualNetworkLinks/l", NET, "no"),
        (ZoneLink.KIND, "privateDnsZones/z/virtualNetworkLinks/l", NET, {"virtualNetwork": 7}),
        (RecordSet.KIND, "privateDnsZones/z/A/r", NET, {"aRecords": "x"}),
        (FirewallRule.KIND, "flexibleServers/s/firewallRules/r", PG, {"startIpAddress": {}}),
        (Peering.KIND, "virtualNetworks/v/virtualNetworkPeerings/p", NET, []),
    ],
)
def test_salvaged_child_row_leaves_its_kind_open_at_its_parent(
    kind: str, path: str, base: str, damage: object
) -> None:
    made = {**row(kind, path, base), "properties": damage}
    parent = fold(f"{base}/" + "/".join(path.split("/")[:2]))
    for coverage in (None, said(kind)):
        assert set(partial(load_rows([made], coverage).coverage, kind)) == {parent}


@pytest.mark.parametrize(
    ("kind", "path", "damage"),
    [
        (NetworkInterface.KIND, "networkInterfaces/n", {"networkSecurityGroup": "x"}),
        (NetworkInterface.KIND, "networkInterfaces/n", {"ipConfigurations": [{"properties": 1}]}),
        (PrivateEndpoint.KIND, "privateEndpoints/e", {"privateLinkServiceConnections": "x"}),
        (PrivateEndpoint.KIND, "privateEndpoints/e", "x"),
    ],
)
def test_interface_or_endpoint_with_damaged_reference_leaves_its_kind_open(
    kind: str, path: str, damage: object
) -> None:
    coverage = load_rows([{**row(kind, path, NET), "properties": damage}], said(kind)).coverage
    assert set(partial(coverage, kind)) == {fold(SUB)}


@pytest.mark.parametrize(
    ("properties", "subnets", "peerings"),
    [
        ({"virtualNetworkPeerings": "x"}, False, True),
        ({"virtualNetworkPeerings": [{"name": "p", "properties": 7}]}, False, True),
        ({"subnets": [{"name": "s", "properties": {"delegations": "x"}}]}, True, False),
        ({"subnets": 7}, True, False),
        ("x", True, True),
    ],
)
def test_damage_inside_a_network_leaves_what_it_lists_open(
    properties: object, subnets: bool, peerings: bool
) -> None:
    coverage = load_rows([{**vnet(), "properties": properties}]).coverage
    assert (NETWORK in partial(coverage, Subnet.KIND)) is subnets
    assert (NETWORK in partial(coverage, Peering.KIND)) is peerings
    assert coverage.is_read(VirtualNetwork.KIND, NETWORK)
    assert coverage.is_read(Peering.KIND, fold(f"{NET}/virtualNetworks/other"))


def test_damaged_list_of_connections_leaves_them_open_at_the_server() -> None:
    server = row(FlexibleServer.KIND, "flexibleServers/s", PG, privateEndpointConnections="x")
    coverage = load_rows([server]).coverage
    assert set(partial(coverage, EndpointConnection.KIND)) == {fold(server["id"])}


@pytest.mark.parametrize(
    "change",
    [
        {"tags": []},
        {"properties": {"provisioningState": "Odd", "registrationEnabled": "true"}},
        {"properties": {"virtualNetworkLinkState": "half \ud800"}},
        {"location": {}},
    ],
)
def test_harmless_oddities_lower_nothing(change: Row) -> None:
    link = {**row(ZoneLink.KIND, "privateDnsZones/z/virtualNetworkLinks/l", NET), **change}
    coverage = load_rows([link], said(ZoneLink.KIND)).coverage
    assert coverage.is_read_everywhere(ZoneLink.KIND)


OLD, NEW = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"


def test_newer_file_that_reads_a_damaged_place_closes_it(tmp_path: Path) -> None:
    bad = {**vnet(), "properties": {"virtualNetworkPeerings": "x"}}
    old = put(tmp_path / "old.json", envelope([bad], created_at=OLD))
    for rows, coverage in (([vnet()], []), ([], said(VirtualNetwork.KIND))):
        new = put(tmp_path / "new.json", envelope(rows, created_at=NEW, coverage=coverage))
        estate = load_files([old, new]).topology
        assert partial(estate.coverage, Peering.KIND) == {}


def test_older_rows_stay_where_the_newer_file_is_damaged(tmp_path: Path) -> None:
    old = put(tmp_path / "old.json", envelope([vnet("kept")], created_at=OLD))
    kinds = said(VirtualNetwork.KIND)
    bad = {"id": "", "type": VirtualNetwork.KIND}
    new = put(tmp_path / "new.json", envelope([bad], created_at=NEW, coverage=kinds))
    assert [one.name for one in load_files([old, new]).topology.all(VirtualNetwork)] == ["kept"]


def findings(scene: Scene, check: str) -> dict[str, int]:
    facts = Facts(scene.topology(), scene.settings())
    found = run(facts, [one for one in catalogue() if one.id == check])
    return {"fail": len(found.fails), "unknown": len(found.unknowns)}


def test_unreadable_peerings_leave_the_path_and_its_checks_open() -> None:
    scene = Scene(app_routes=[route("fw", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4")])
    scene.linked(scene.a).peered()
    hop = {"fail": 1, "unknown": 0}
    assert findings(scene, "PGT405") == hop
    scene.properties(scene.a)["virtualNetworkPeerings"] = "x"
    assert findings(scene, "PGT405") == {"fail": 0, "unknown": 1}
    assert findings(scene, "PGT502")["fail"] == 0
    assert findings(scene, "PGT502")["unknown"] >= 1
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


def test_unreadable_peerings_without_routes_leave_the_path_open() -> None:
    for damaged in ("a", "b"):
        scene = Scene().peered()
        scene.linked(scene.a)
        scene.properties(getattr(scene, damaged))["virtualNetworkPeerings"] = "x"
        assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == "unknown"


def test_unreadable_delegations_leave_their_check_open() -> None:
    scene = Scene()
    scene.properties(scene.pg)["delegations"] = "x"
    assert findings(scene, "PGT601") == {"fail": 0, "unknown": 1}


def test_unreadable_link_leaves_the_missing_link_open() -> None:
    scene = Scene().peered()
    scene.link(scene.z, scene.b, "own")
    own = next(r for r in scene.rows if r["id"].endswith("/virtualNetworkLinks/own"))
    own["properties"] = "no"
    assert findings(scene, "PGT103") == {"fail": 0, "unknown": 1}


def test_unreadable_records_leave_the_missing_record_open() -> None:
    scene = Scene()
    scene.properties(scene.record)["aRecords"] = "x"
    assert findings(scene, "PGT110") == {"fail": 0, "unknown": 1}


def test_lost_network_leaves_the_end_of_its_link_open() -> None:
    scene = Scene()
    gone = scene.vnet("vnet-gone", "10.9.0.0/16")
    scene.linked(gone)
    scene.row(gone)["id"] = None
    assert findings(scene, "PGT106") == {"fail": 0, "unknown": 1}


def test_unreadable_subnets_leave_the_owner_of_a_record_open() -> None:
    scene = Scene()
    scene.a_record(scene.z, "0123456789ab", "10.2.5.77")
    assert findings(scene, "PGT111")["fail"] == 1
    scene.row(scene.b)["properties"]["subnets"] = "x"
    assert findings(scene, "PGT111")["fail"] == 0
