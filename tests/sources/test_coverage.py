"""What counts as read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgtopo.model.coverage import Status
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset, PrivateZone
from pgtopo.model.governance import Lock
from pgtopo.model.ids import TENANT, fold
from pgtopo.model.network import NatGateway, Peering, Subnet, SubnetUsage, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer
from pgtopo.sources.coverage import as_wire
from pgtopo.sources.load import load_files, load_rows
from pgtopo.sources.registry import kinds
from tests.sources.packing import NET, OTHER_SUB, PG, SUB, Row, envelope, put, row, vnet

SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers"


def server(name: str, base: str = PG) -> Row:
    return row(SERVERS, f"flexibleServers/{name}", base)


def rule(name: str) -> Row:
    return row(FirewallRule.KIND, f"flexibleServers/{name}/firewallRules/r", PG)


def test_a_kind_with_rows_is_read_for_the_subscriptions_seen_in_it() -> None:
    away = f"{OTHER_SUB}/resourceGroups/g/providers/Microsoft.DBforPostgreSQL"
    coverage = load_rows([vnet(), server("a", away)]).coverage
    assert coverage.is_inferred
    assert coverage.is_read(VirtualNetwork.KIND, fold(NET))
    assert not coverage.is_read(VirtualNetwork.KIND, fold(OTHER_SUB))
    assert coverage.is_read(FlexibleServer.KIND, fold(OTHER_SUB))
    assert not coverage.is_read(FlexibleServer.KIND, fold(SUB))
    assert coverage.status(PrivateZone.KIND, fold(SUB)) is Status.NOT_READ
    assert not coverage.is_read_everywhere(VirtualNetwork.KIND)


def test_a_kind_read_per_parent_is_read_for_the_parents_seen() -> None:
    coverage = load_rows([server("a"), server("b"), rule("a")]).coverage
    assert coverage.is_read(FirewallRule.KIND, fold(f"{PG}/flexibleServers/a"))
    assert not coverage.is_read(FirewallRule.KIND, fold(f"{PG}/flexibleServers/b"))


def test_usage_counts_for_the_network_it_was_asked_of() -> None:
    usage = row(SubnetUsage.KIND, "virtualNetworks/v/subnets/s/providers/pgtopo/usage", NET, used=3)
    coverage = load_rows([usage]).coverage
    assert coverage.is_read(SubnetUsage.KIND, fold(f"{NET}/virtualNetworks/v/subnets/s"))
    assert not coverage.is_read(SubnetUsage.KIND, fold(f"{NET}/virtualNetworks/w/subnets/s"))


def test_what_is_nested_is_read_with_its_parent() -> None:
    coverage = load_rows([vnet(), server("a")]).coverage
    assert coverage.is_read(Subnet.KIND, fold(f"{NET}/virtualNetworks/other/subnets/s"))
    assert coverage.is_read(Peering.KIND, fold(SUB))
    assert coverage.is_read(EndpointConnection.KIND, fold(f"{PG}/flexibleServers/b"))
    assert not coverage.is_read(Subnet.KIND, fold(OTHER_SUB))


def test_subnets_alone_are_read_for_their_networks() -> None:
    own = row(Subnet.KIND, "virtualNetworks/v/subnets/s", NET)
    coverage = load_rows([own]).coverage
    assert coverage.is_read(Subnet.KIND, fold(f"{NET}/virtualNetworks/v/subnets/t"))
    assert not coverage.is_read(Subnet.KIND, fold(f"{NET}/virtualNetworks/w/subnets/t"))
    assert not coverage.is_read(VirtualNetwork.KIND, fold(NET))


def test_kinds_whose_absence_is_taken_as_none() -> None:
    coverage = load_rows([vnet()]).coverage
    assumed = {NatGateway.KIND, NetworkSecurityGroup.KIND, ForwardingRuleset.KIND}
    assert assumed <= coverage.assumed_none
    assert coverage.assumed_none == {name for name, kind in kinds().items() if kind.is_assumed_none}
    assert coverage.is_read(NatGateway.KIND, fold(SUB))
    assert PrivateZone.KIND not in coverage.assumed_none


def test_children_of_a_parent_at_hand_are_not_assumed_to_be_none() -> None:
    ruleset = row(ForwardingRuleset.KIND, "dnsForwardingRulesets/r", NET)
    coverage = load_rows([ruleset]).coverage
    assert coverage.status(ForwardingRule.KIND, fold(ruleset["id"])) is Status.NOT_READ


def test_nothing_is_assumed_where_coverage_is_stated() -> None:
    coverage = load_rows([vnet()], coverage=[]).coverage
    assert not coverage.is_inferred
    assert coverage.assumed_none == frozenset()
    assert not coverage.is_read(VirtualNetwork.KIND, fold(SUB))


def test_a_row_outside_any_subscription_speaks_for_nothing() -> None:
    lock = row("Microsoft.Authorization/locks", "x", "/providers/Microsoft.Authorization/locks")
    lost = {"id": "vnet", "type": "microsoft.network/virtualnetworks"}
    coverage = load_rows([lock, lost]).coverage
    assert not coverage.is_read(Lock.KIND, TENANT)
    assert not coverage.is_read(VirtualNetwork.KIND, TENANT)


def test_statements_of_a_snapshot(tmp_path: Path) -> None:
    words = ["read", "denied", "failed", "partial", "Skipped"]
    said: list[Row] = [
        {"kind": f"a.b/k{n}", "scope": SUB, "status": w} for n, w in enumerate(words)
    ]
    said[1] |= {"rows": 3, "detail": "no permission"}
    coverage = load_files([put(tmp_path / "a.json", envelope([], coverage=said))]).topology.coverage
    found = [coverage.status(f"a.b/k{n}", fold(f"{SUB}/x/y")) for n in range(5)]
    assert found == [Status(word.lower()) for word in words]
    entry = coverage.entry("a.b/k1", fold(SUB))
    assert entry is not None
    assert (entry.rows, entry.detail) == (3, "no permission")
    assert as_wire(coverage)[1] == {
        "kind": "a.b/k1",
        "scope": fold(SUB),
        "status": "denied",
        "rows": 3,
        "detail": "no permission",
    }


def test_a_nested_kinds_own_statement_holds() -> None:
    said = [
        {"kind": VirtualNetwork.KIND, "scope": "/", "status": "read"},
        {"kind": Peering.KIND, "scope": "/", "status": "denied"},
    ]
    coverage = load_rows([], coverage=said).coverage
    assert coverage.is_read_everywhere(Subnet.KIND)
    assert coverage.status(Peering.KIND, TENANT) is Status.DENIED


@pytest.mark.parametrize("text", [SUB, SUB + "/", SUB.upper(), SUB.rsplit("/", 1)[-1]])
def test_scopes_as_people_write_them(text: str) -> None:
    said = [{"kind": "A.b/C", "scope": text, "status": "READ"}]
    assert load_rows([], coverage=said).coverage.is_read("a.b/c", fold(SUB))


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (7, "coverage[0]"),
        (None, "coverage[0]"),
        ({}, "coverage[0].kind"),
        ({"kind": 7, "scope": "/", "status": "read"}, "coverage[0].kind"),
        ({"kind": "a.b/c", "scope": [], "status": "read"}, "coverage[0].scope"),
        ({"kind": "a.b/c", "scope": "", "status": "read"}, "coverage[0].scope"),
        ({"kind": "a.b/c", "scope": "/", "status": "maybe"}, "coverage[0].status"),
        ({"kind": "a.b/c", "scope": "/", "status": "not read"}, "coverage[0].status"),
    ],
)
def test_bad_statements_are_noted(entry: object, path: str, tmp_path: Path) -> None:
    good = {"kind": "x.y/z", "scope": "/", "status": "read"}
    file = put(tmp_path / "a.json", envelope([vnet()], coverage=[entry, good]))
    estate = load_files([file]).topology
    assert [issue.path for issue in estate.issues] == [path]
    assert estate.coverage.is_read_everywhere("x.y/z")
    assert not estate.coverage.is_read("a.b/c", TENANT)


def test_coverage_that_is_no_list(tmp_path: Path) -> None:
    estate = load_files([put(tmp_path / "a.json", envelope([vnet()], coverage=7))]).topology
    assert [issue.path for issue in estate.issues] == ["coverage"]
    assert not estate.coverage.is_read(VirtualNetwork.KIND, fold(SUB))


def test_a_snapshot_that_states_nothing_is_taken_by_its_rows(tmp_path: Path) -> None:
    for missing in ({"coverage": None}, {}):
        content = envelope([vnet()], **missing)
        if not missing:
            del content["coverage"]
        coverage = load_files([put(tmp_path / "a.json", content)]).topology.coverage
        assert coverage.is_inferred
        assert coverage.is_read(VirtualNetwork.KIND, fold(SUB))


def test_assume_complete_declares_every_kind_read_everywhere(tmp_path: Path) -> None:
    denied = {"kind": VirtualNetwork.KIND, "scope": SUB, "status": "denied"}
    for content in ([vnet()], envelope([vnet()], coverage=[denied])):
        path = put(tmp_path / "a.json", content)
        coverage = load_files([path], assume_complete=True).topology.coverage
        assert all(coverage.is_read_everywhere(kind) for kind in kinds())
        assert not coverage.is_inferred
