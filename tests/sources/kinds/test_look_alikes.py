"""What looks like one of pgtopo's kinds, or like the same resource, and what is."""

from __future__ import annotations

import pytest

from pgtopo.model.ids import IdTable, fold, parent_of
from pgtopo.model.network import Subnet
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.sources.registry import kinds
from tests.sources.kinds.reading import SERVER, SUBNET, VNET, one, read


@pytest.mark.parametrize(
    "arm_type",
    [
        "microsoft.dbformysql/flexibleservers",
        "microsoft.dbforpostgresql/servers",
        "microsoft.dbforpostgresql/servergroupsv2",
        "microsoft.servicelinker/linkers",
        "microsoft.dbforpostgresql/flexibleservers/databases",
        "microsoft.network/virtualhubs/bgpconnections",
    ],
)
def test_quirk_44_look_alikes_are_not_read(arm_type: str) -> None:
    assert arm_type not in kinds()


def test_quirk_01_one_resource_in_two_spellings_is_one_id() -> None:
    ids = IdTable()
    first = "/subscriptions/s/resourceGroups/MY_RG/providers/Microsoft.Compute/virtualMachines/vm"
    assert ids.fold(first) == ids.fold(first.replace("MY_RG", "my_rg") + "/")
    assert ids.shown(fold(first)) == first


def test_quirk_23_child_rows_have_no_location() -> None:
    arm_id = f"{SERVER}/firewallRules/all"
    row = {
        "id": arm_id,
        "type": "microsoft.dbforpostgresql/flexibleservers/firewallrules",
        "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"},
    }
    found = one(row, FirewallRule)
    assert (found.location, found.server) == ("", parent_of(fold(arm_id)))


def test_quirk_40_two_servers_may_share_a_subnet() -> None:
    network = {"delegatedSubnetResourceId": SUBNET.upper()}
    kind = "microsoft.dbforpostgresql/flexibleservers"
    rows = [{"id": f"{SERVER}-{n}", "type": kind, "properties": {"network": network}} for n in "ab"]
    assert {one(row, FlexibleServer).subnet for row in rows} == {fold(SUBNET)}


def test_quirk_51_overlapping_subnets_of_one_name_are_both_read() -> None:
    def firewall_subnet(network: str) -> dict[str, object]:
        return {
            "id": f"{VNET}/subnets/AzureFirewallSubnet{network}",
            "name": "AzureFirewallSubnet",
            "properties": {"addressPrefix": "10.20.1.0/26"},
        }

    row = {
        "id": VNET,
        "type": "microsoft.network/virtualnetworks",
        "properties": {"subnets": [firewall_subnet(""), firewall_subnet("-2")]},
    }
    subnets = read(row).of(Subnet)
    assert [found.name for found in subnets] == ["AzureFirewallSubnet"] * 2
    assert subnets[0].space == subnets[1].space


def test_a_note_shows_the_beginning_of_a_long_text_only() -> None:
    row = {
        "id": SERVER,
        "type": "microsoft.dbforpostgresql/flexibleservers",
        "properties": {"state": "x" * 5000},
    }
    (issue,) = read(row).issues
    assert len(issue.reason) < 120
