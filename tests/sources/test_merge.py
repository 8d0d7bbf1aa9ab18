"""Several files become one estate."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgtopo.model.coverage import Status
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer, Mode
from pgtopo.model.topology import Topology
from pgtopo.sources.load import load_files, load_rows
from tests.sources.packing import NET, OTHER_SUB, PG, SUB, Row, envelope, put, row, vnet

OLD, NEW = "2026-01-01T00:00:00Z", "2026-06-01T02:00:00+02:00"
VNETS = VirtualNetwork.KIND
SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers"


def said(kind: str, scope: str = "/", status: str = "read") -> Row:
    return {"kind": kind, "scope": scope, "status": status}


def merged(folder: Path, *contents: object) -> Topology:
    paths = [put(folder / f"{n}.json", content) for n, content in enumerate(contents)]
    return load_files(paths).topology


def prefixes(estate: Topology) -> dict[str, tuple[str, ...]]:
    return {one.name: one.prefixes for one in estate.all(VirtualNetwork)}


def test_the_row_of_the_file_with_the_later_time_wins_in_any_order(tmp_path: Path) -> None:
    old = envelope([vnet("v", "10.1.0.0/16"), vnet("only-old")], created_at=OLD)
    new = envelope([vnet("V", "10.2.0.0/16")], created_at=NEW)
    for files in ([old, new], [new, old]):
        estate = merged(tmp_path, *files)
        assert {name.lower(): p for name, p in prefixes(estate).items()} == {
            "only-old": ("10.1.0.0/16",),
            "v": ("10.2.0.0/16",),
        }
        assert estate.created_at == "2026-06-01T00:00:00.000000Z"


def test_without_times_the_later_on_the_command_line_wins(tmp_path: Path) -> None:
    estate = merged(tmp_path, [vnet("v", "10.1.0.0/16")], [vnet("v", "10.2.0.0/16")])
    assert prefixes(estate) == {"v": ("10.2.0.0/16",)}


def test_a_file_without_a_time_counts_by_its_place(tmp_path: Path) -> None:
    dated = envelope([vnet("v", "10.1.0.0/16")], created_at=NEW)
    undated = [vnet("v", "10.2.0.0/16")]
    assert prefixes(merged(tmp_path, dated, undated)) == {"v": ("10.2.0.0/16",)}
    assert prefixes(merged(tmp_path, undated, dated)) == {"v": ("10.1.0.0/16",)}


@pytest.mark.parametrize("time", ["yesterday", 7, "", {}])
def test_a_time_that_is_none_is_noted(time: object, tmp_path: Path) -> None:
    estate = merged(tmp_path, envelope([vnet("v")], created_at=time))
    assert estate.created_at == ""
    assert [issue.path for issue in estate.issues] == ["created_at"]


def test_within_one_file_the_later_row_wins_with_its_children() -> None:
    first, second = vnet("v", "10.1.0.0/16"), vnet("V", "10.2.0.0/16")
    second["properties"]["subnets"] = [{"name": "other"}]
    estate = load_rows([first, second])
    assert list(prefixes(estate).values()) == [("10.2.0.0/16",)]
    assert [one.name for one in estate.all(Subnet)] == ["other"]


def test_newer_read_coverage_drops_older_rows_of_that_kind_and_scope(tmp_path: Path) -> None:
    away = vnet("away", base=f"{OTHER_SUB}/resourceGroups/g/providers/Microsoft.Network")
    table = row("microsoft.network/routetables", "routeTables/rt", NET)
    own = row(Subnet.KIND, "virtualNetworks/gone/subnets/own", NET)
    old = envelope([vnet("gone"), vnet("kept"), away, table, own], created_at=OLD)
    new = envelope([vnet("kept")], created_at=NEW, coverage=[said(VNETS, SUB)])
    for files in ([old, new], [new, old]):
        estate = merged(tmp_path, *files)
        assert set(prefixes(estate)) == {"away", "kept"}
        assert {one.name for one in estate.all(Subnet)} == {"snet"}
        assert len(estate.all(RouteTable)) == 1


@pytest.mark.parametrize("status", ["denied", "failed", "partial", "skipped", "odd"])
def test_newer_coverage_that_is_not_read_drops_nothing(status: str, tmp_path: Path) -> None:
    old = envelope([vnet("a")], created_at=OLD, coverage=[said(VNETS)])
    new = envelope([], created_at=NEW, coverage=[said(VNETS, "/", status)])
    estate = merged(tmp_path, old, new)
    assert set(prefixes(estate)) == {"a"}
    assert estate.coverage.status(VNETS, ArmId("/")).value == status.replace("odd", "failed")


def test_a_narrower_gap_keeps_older_rows_below_it(tmp_path: Path) -> None:
    away = vnet("away", base=f"{OTHER_SUB}/resourceGroups/g/providers/Microsoft.Network")
    old = envelope([vnet("gone"), away], created_at=OLD)
    gap = [said(VNETS), said(VNETS, OTHER_SUB, "denied")]
    estate = merged(tmp_path, old, envelope([], created_at=NEW, coverage=gap))
    assert set(prefixes(estate)) == {"away"}


def test_the_newer_statement_about_a_kind_and_scope_holds(tmp_path: Path) -> None:
    old = envelope([], created_at=OLD, coverage=[said(VNETS, SUB, "denied"), said("a.b/c")])
    new = envelope([], created_at=NEW, coverage=[said(VNETS.upper(), SUB.upper())])
    for files in ([old, new], [new, old]):
        coverage = merged(tmp_path, *files).coverage
        assert coverage.is_read(VNETS, fold(SUB))
        assert coverage.is_read_everywhere("a.b/c")
        assert not coverage.is_inferred


def test_rows_without_statements_beside_a_snapshot(tmp_path: Path) -> None:
    lock = row("Microsoft.Authorization/locks", "providers/Microsoft.Authorization/locks/l")
    snapshot = envelope([vnet()], coverage=[said(VNETS)])
    coverage = merged(tmp_path, snapshot, [lock]).coverage
    assert coverage.is_read("microsoft.authorization/locks", fold(SUB))
    assert not coverage.is_read("microsoft.authorization/locks", fold(OTHER_SUB))
    assert coverage.assumed_none == frozenset()
    denied = envelope([], coverage=[said("microsoft.authorization/locks", SUB, "denied")])
    coverage = merged(tmp_path, [lock], denied).coverage
    assert coverage.status("microsoft.authorization/locks", fold(SUB)) is Status.DENIED


def test_a_childs_own_row_wins_field_by_field() -> None:
    network = vnet()
    body = {"addressPrefix": "10.1.0.0/24", "routeTable": {"id": f"{NET}/routeTables/rt"}}
    network["properties"]["subnets"][0]["properties"] = body
    own = row(
        Subnet.KIND,
        "virtualNetworks/VNET-A/subnets/SNET",
        NET,
        addressPrefix="10.1.9.0/24",
        networkSecurityGroup={"id": f"{NET}/networkSecurityGroups/n"},
        routeTable=None,
    )
    for rows in ([network, own], [own, network]):
        found = load_rows(rows).all(Subnet)
        assert len(found) == 1
        assert found[0].prefixes == ("10.1.9.0/24",)
        assert found[0].nsg == fold(f"{NET}/networkSecurityGroups/n")
        assert found[0].route_table == fold(f"{NET}/routeTables/rt")
        assert found[0].origin is not None


def test_peerings_as_rows_of_their_own() -> None:
    nested = {"name": "p", "properties": {"peeringState": "Initiated", "allowGatewayTransit": True}}
    path = "virtualNetworks/vnet-a/virtualNetworkPeerings/p"
    own = row(Peering.KIND, path, NET, peeringState="Connected")
    found = load_rows([vnet(virtualNetworkPeerings=[nested]), own]).all(Peering)
    assert [(one.state, one.allows_gateway_transit) for one in found] == [("Connected", True)]


def test_security_rules_as_rows_of_their_own() -> None:
    listed = [
        {"name": "Deny", "properties": {"priority": 100, "access": "Deny", "protocol": "Tcp"}},
        {"name": "other", "properties": {"priority": 200}},
    ]
    path = "networkSecurityGroups/n"
    group = row("microsoft.network/networksecuritygroups", path, NET, securityRules=listed)
    rules = [
        row(f"{NetworkSecurityGroup.KIND}/securityRules", f"{path}/securityRules/{name}", NET, **p)
        for name, p in (("deny", {"access": "Allow"}), ("new", {"priority": "300"}))
    ]
    lost = row(f"{NetworkSecurityGroup.KIND}/securityRules", "x/y/securityRules/z", f"{NET}/z")
    lost["id"] = f"{NET}/networkSecurityGroups/gone/securityRules/z"
    estate = load_rows([*rules, group, lost])
    found = {
        (rule.name or "").lower(): rule.properties
        for rule in estate.all(NetworkSecurityGroup)[0].rules
    }
    assert set(found) == {"deny", "other", "new"}
    deny, new = found["deny"], found["new"]
    assert deny is not None
    assert new is not None
    assert (deny.access, deny.priority, deny.protocol, new.priority) == ("Allow", 100, "Tcp", 300)
    assert [issue.reason for issue in estate.issues] == ["its security group is not among the rows"]


def test_routes_as_rows_of_their_own() -> None:
    listed = [{"name": "r", "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "None"}}]
    table = row(RouteTable.KIND, "routeTables/rt", NET, routes=listed)
    own = row(f"{RouteTable.KIND}/routes", "routeTables/RT/routes/R", NET, nextHopType="Internet")
    more = row(f"{RouteTable.KIND}/routes", "routeTables/rt/routes/s", NET, nextHopType="None")
    lost = row(f"{RouteTable.KIND}/routes", "routeTables/gone/routes/r", NET)
    estate = load_rows([own, table, more, lost])
    routes = sorted(estate.all(RouteTable)[0].routes, key=lambda route: route.id)
    assert [(one.prefix, one.hop_type) for one in routes] == [
        ("0.0.0.0/0", "Internet"),
        ("", "None"),
    ]
    assert [issue.reason for issue in estate.issues] == ["its route table is not among the rows"]


def test_connections_as_rows_settle_a_servers_mode() -> None:
    server = row(SERVERS, "flexibleServers/s", PG, network={"publicNetworkAccess": "Disabled"})
    path = "flexibleServers/s/privateEndpointConnections/c"
    state = {"privateLinkServiceConnectionState": {"status": "Approved"}}
    own = row(EndpointConnection.KIND, path, PG, **state)
    estate = load_rows([own, server])
    assert estate.all(FlexibleServer)[0].mode is Mode.PRIVATE_ENDPOINT
    assert len(estate.all(EndpointConnection)) == 1


def test_rows_of_children_without_their_parent() -> None:
    rule = row(
        FirewallRule.KIND, "flexibleServers/s/firewallRules/r", PG, startIpAddress="10.0.0.1"
    )
    estate = load_rows([rule])
    assert estate.all(FirewallRule)[0].server == fold(f"{PG}/flexibleServers/s")


def test_counts_and_findings_of_all_files_are_kept(tmp_path: Path) -> None:
    other = row("a.b/things", "resourceGroups/g/providers/a.b/things/t")
    bad = {**vnet("x"), "tags": 7}
    estate = merged(tmp_path, [other, 7, bad], [other, None, bad])
    assert estate.other_rows == {"a.b/things": 2}
    assert [Path(one.source).name for one in estate.set_aside] == ["0.json", "1.json"]
    assert len(estate.issues) == 2


def test_rows_that_newer_coverage_leaves_out_are_told_by_file(tmp_path: Path) -> None:
    old = [vnet("gone"), vnet("away"), vnet("kept")]
    one = put(tmp_path / "mixed.json", envelope(old, created_at=OLD))
    new = envelope([vnet("kept")], created_at=NEW, coverage=[said(VNETS)])
    other = put(tmp_path / "contoso.json", new)
    expected = (
        f"2 rows of {one} were left out: {other}, which is newer, states that it read these kinds",
    )
    assert load_files([one, other]).notes == expected
    assert load_files([other]).notes == ()
    put(tmp_path / "mixed.json", envelope([vnet("kept")], created_at=OLD))
    assert load_files([one, other]).notes == ()
