"""What a list of service tags settles, and what stays open with it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import route, rule
from tests.estates.world import World
from tests.examples.ask import ask, says, step

TAGS = {
    "AzureCloud": ["20.0.0.0/8"],
    "AzureCloud.westeurope": ["20.60.0.0/16", "20.61.0.0/16"],
    "Storage": ["20.60.1.0/24", "20.99.1.0/24", "2603:1020::/47"],
    "Storage.WestEurope": ["20.60.1.0/24"],
}
OUT = "client_filter: nsg-app"
OPEN = f"{OUT}/AllowInternetOutBound access=Allow"


def _world(*rules: dict[str, Any], routes: tuple[dict[str, Any], ...] = ()) -> World:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    nat = world.nat("nat-a", world.public_ip("pip-nat", "20.1.1.1"))
    subnet = world.subnet(
        network,
        "snet-app",
        "10.1.2.0/24",
        nat=nat,
        nsg=world.nsg("nsg-app", *rules),
        route_table=world.route_table("rt-app", *routes) if routes else None,
    )
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    world.firewall_rule(world.public_server("pg1"), "nat", "20.1.1.1", "20.1.1.1")
    return world


@pytest.mark.parametrize(
    ("prefix", "listed", "unlisted"),
    [
        ("20.60.0.0/15", "blocked NSG_DENY", "unknown PUBLIC_ADDRESS_UNSEEN"),
        ("20.60.0.0/16", "unknown PUBLIC_ADDRESS_UNSEEN", "unknown PUBLIC_ADDRESS_UNSEEN"),
        ("20.99.0.0/16", "allowed", "unknown PUBLIC_ADDRESS_UNSEEN"),
        ("93.184.0.0/16", "allowed", "unknown PUBLIC_ADDRESS_UNSEEN"),
    ],
)
def test_rule_for_public_ranges_against_a_public_server(
    prefix: str, listed: str, unlisted: str
) -> None:
    """A public server's address lies in its region's part of AzureCloud."""
    deny = rule("deny", 100, "Deny", "Outbound", dst=prefix, ports="5432")
    by = f"{OUT}/deny access=Deny"
    says(ask(_world(deny), "vm-a", "pg1"), "allowed", unlisted, by)
    world = _world(deny)
    world.service_tags(TAGS)
    says(ask(world, "vm-a", "pg1"), "allowed", listed, OPEN if listed == "allowed" else by)


@pytest.mark.parametrize(("prefix", "is_open"), [("20.60.7.0/24", True), ("93.184.0.0/16", False)])
def test_route_for_public_ranges_against_a_public_server(prefix: str, is_open: bool) -> None:
    world = _world(routes=(route("some", prefix, "None"),))
    world.service_tags(TAGS)
    found = ask(world, "vm-a", "pg1")
    if is_open:
        by = "forward_route: rt-app/some nextHopType=None"
        says(found, "allowed", "unknown PUBLIC_ADDRESS_UNSEEN", by)
    else:
        says(found, "allowed", "allowed", OPEN)


def test_sql_tag_stays_open_with_a_list_that_has_it() -> None:
    """The server's own address is still not known."""
    deny = rule("deny", 100, "Deny", "Outbound", dst="Sql", ports="5432")
    world = _world(deny)
    world.service_tags(TAGS | {"Sql": ["20.60.9.0/24"]})
    by = f"{OUT}/deny access=Deny"
    says(ask(world, "vm-a", "pg1"), "allowed", "unknown SQL_TAG", by)


@pytest.mark.parametrize(
    ("address", "expected", "by"),
    [
        ("20.5.5.5", "allowed", "server_access: pg1/azure startIpAddress=0.0.0.0"),
        (
            "93.184.216.34",
            "blocked FIREWALL_RULE_MISSING",
            "server_access: pg1 firewallRules=azure",
        ),
    ],
)
def test_rule_for_azure_admits_an_address_that_azure_owns(
    address: str, expected: str, by: str
) -> None:
    world = World()
    world.firewall_rule(world.public_server("pg1"), "azure", "0.0.0.0", "0.0.0.0")
    found = ask(world, f"internet:{address}", "pg1")
    assert step(found, "server_access")["verdict"] == "blocked"
    world.service_tags(TAGS)
    says(ask(world, f"internet:{address}", "pg1"), "allowed", expected, by)


def test_tag_of_clients_in_public_space_of_their_own() -> None:
    world = World()
    network = world.vnet("vnet-a", "20.60.0.0/16")
    deny = rule("deny", 100, "Deny", "Outbound", src="Storage", ports="5432")
    nat = world.nat("nat", world.public_ip("pip", "20.1.1.1"))
    subnet = world.subnet(network, "snet", "20.60.1.0/24", nsg=world.nsg("nsg-app", deny), nat=nat)
    world.subnet(network, "other", "20.60.2.0/24", nsg=world.nsg("nsg-2", deny), nat=nat)
    world.firewall_rule(world.public_server("pg1"), "nat", "20.1.1.1", "20.1.1.1")
    assert subnet
    by = f"{OUT}/deny access=Deny"
    says(ask(world, "snet", "pg1"), "allowed", "unknown TAG_MEMBERSHIP", by)
    world.service_tags(TAGS)
    says(ask(world, "snet", "pg1"), "allowed", "blocked NSG_DENY", by)
    by = "client_filter: nsg-2/AllowInternetOutBound access=Allow"
    says(ask(world, "other", "pg1"), "allowed", "allowed", by)
