"""R11: the address ledger of a subnet: its size, its users, how each number is known."""

from typing import Any

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.addresses import Ledger, UsedSource, ledger
from pgtopo.model.ids import fold
from pgtopo.model.network import Subnet
from tests.checks.homes import Home, injected
from tests.estates.world import World


def _ledger(world: World, subnet: str) -> Ledger:
    facts = Facts(world.topology())
    found = facts.topology.get(Subnet, fold(subnet))
    assert found is not None
    return ledger(facts, found)


def _of(home: Home) -> Ledger:
    return _ledger(home.world, home.subnet)


def _with(prefix: str, *modes: str | None, **props: Any) -> Home:
    home = injected(prefix=prefix, ha=modes[0], **props)
    for number, mode in enumerate(modes[1:], start=2):
        home.world.server(f"psql-{number}", home.subnet, home.zone, ha=mode)
    return home


@pytest.mark.parametrize(
    ("prefix", "size", "usable"), [("10.1.1.0/28", 16, 11), ("10.1.1.0/24", 256, 251)]
)
def test_azure_keeps_five_addresses(prefix: str, size: int, usable: int) -> None:
    held = _of(_with(prefix, None))
    assert (held.size, held.reserved, held.usable) == (size, 5, usable)


def test_five_are_kept_of_each_prefix_and_ipv6_does_not_count() -> None:
    home = injected(
        subnet_props={
            "addressPrefix": ...,
            "addressPrefixes": ["10.1.1.0/28", "10.1.2.0/28", "fd00:db8::/64"],
        }
    )
    held = _of(home)
    assert (held.size, held.reserved) == (32, 10)
    assert any("IPv6" in note for note in held.notes)


def test_a_28_holds_two_servers_with_high_availability() -> None:
    held = _of(_with("10.1.1.0/28", "ZoneRedundant", "SameZone"))
    assert (held.used, held.low, held.high, held.free) == (8, 8, 8, 3)
    assert (held.more_ha_servers, held.more_servers) == (0, 1)
    assert held.used_source is UsedSource.ESTIMATED


def test_a_server_without_high_availability_is_a_range() -> None:
    held = _of(_with("10.1.1.0/28", None, None))
    assert (held.low, held.used, held.high) == (2, 4, 8)
    assert held.lines[0].what.startswith("server psql-")
    assert {line.known_by for line in held.lines} == {UsedSource.ESTIMATED}


def test_replicas_count_in_their_own_subnet() -> None:
    home = _with("10.1.1.0/28", None)
    other = home.world.subnet(home.network, "snet-replica", "10.1.3.0/28", delegation="pg")
    home.world.replica("psql-r", home.server, other, home.zone)
    assert _of(home).used == 2
    assert _ledger(home.world, other).used == 2


def test_the_service_is_believed_before_the_estimate() -> None:
    home = _with("10.1.1.0/28", None)
    home.world.subnet_usage(home.subnet, 9, "check_subnet_usage")
    held = _of(home)
    assert (held.used, held.used_source, held.free) == (9, UsedSource.SERVICE, 2)


def test_a_zero_of_the_network_says_nothing_about_a_delegated_subnet() -> None:
    home = _with("10.1.1.0/28", None)
    home.world.subnet_usage(home.subnet, 0, "usages")
    held = _of(home)
    assert (held.used, held.used_source) == (2, UsedSource.ESTIMATED)
    assert any("says nothing" in note for note in held.notes)


def test_another_number_of_the_network_is_believed() -> None:
    home = _with("10.1.1.0/28", None)
    home.world.subnet_usage(home.subnet, 3, "usages")
    assert (_of(home).used, _of(home).used_source) == (3, UsedSource.USAGES)


def test_other_subnets_are_counted_once_per_address() -> None:
    world = World()
    subnet = world.subnet(world.vnet("vnet-app", "10.2.0.0/16"), "snet-app", "10.2.1.0/28")
    world.nic("nic-a", subnet, ["10.2.1.4", "10.2.1.5"])
    world.load_balancer("lb", subnet, "10.2.1.9")
    held = _ledger(world, subnet)
    assert (held.used, held.used_source, held.free) == (3, UsedSource.COUNTED, 8)
    assert {line.what: line.addresses for line in held.lines} == {
        "interface nic-a": 2,
        "load balancer lb": 1,
    }


def test_what_else_lives_beside_servers_is_added() -> None:
    home = _with("10.1.1.0/28", "ZoneRedundant")
    home.world.nic("nic-jump", home.subnet, "10.1.1.9")
    held = _of(home)
    assert (held.used, held.used_source) == (5, UsedSource.ESTIMATED)


def test_an_elastic_cluster_leaves_the_number_open() -> None:
    held = _of(injected(cluster={"clusterSize": 3}))
    assert (held.used, held.free, held.low, held.high) == (None, None, 3, None)
    assert any("elastic" in note for note in held.notes)


def test_an_empty_delegated_subnet_is_empty_only_where_servers_were_read() -> None:
    world = World()
    network = world.vnet("vnet-data", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg")
    assert (_ledger(world, subnet).used, _ledger(world, subnet).more_ha_servers) == (0, 2)
    world.unread("microsoft.dbforpostgresql/flexibleServers")
    assert _ledger(world, subnet).used is None


def test_free_is_never_below_zero() -> None:
    held = _of(_with("10.1.1.0/29", "ZoneRedundant", "ZoneRedundant"))
    assert held.free == 0
    assert held.is_surely_full


def test_a_subnet_without_addresses_is_no_error() -> None:
    held = _of(injected(subnet_props={"addressPrefix": ...}))
    assert (held.size, held.usable) == (0, 0)
    assert any("no IPv4 prefix" in note for note in held.notes)
