"""SERVER texts: ids, names, host names, virtual endpoints, literal addresses."""

from __future__ import annotations

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.host_names import privatelink_name, server_fqdn
from pgtopo.analysis.servers.targets import find_server, find_target
from pgtopo.errors import UsageError
from pgtopo.model.ids import fold
from pgtopo.sources.load import load_rows
from tests.estates.world import World

SUFFIX = "postgres.database.azure.com"


class Estate(World):
    def __init__(self) -> None:
        super().__init__()
        network = self.vnet("vnet-pg", "10.2.0.0/16")
        self.pg = self.subnet(network, "snet-pg", "10.2.1.0/28", delegation="pg")
        self.z = self.zone(f"pg.private.{SUFFIX}")
        self.primary = self.server("pg-orders", self.pg, self.z)
        self.replica_id = self.replica("pg-orders-r1", self.primary, self.pg, self.z)
        self.virtual_endpoint(self.primary, "orders", [self.replica_id])

    @property
    def facts(self) -> Facts:
        return Facts(self.topology())


@pytest.mark.parametrize(
    "text",
    [
        "pg-orders",
        "PG-Orders",
        f"pg-orders.{SUFFIX}",
        f"PG-ORDERS.{SUFFIX.upper()}.",
        f"pg-orders.pg.private.{SUFFIX}",
        f"pg-orders.privatelink.{SUFFIX}",
    ],
)
def test_names_of_a_server(text: str) -> None:
    estate = Estate()
    assert find_server(estate.facts, text).id == fold(estate.primary)


def test_id_in_any_case() -> None:
    estate = Estate()
    assert find_server(estate.facts, estate.primary.upper()).name == "pg-orders"


def test_j67_writer_follows_the_primary_and_reader_its_member() -> None:
    facts = Estate().facts
    writer = find_target(facts, f"orders.writer.{SUFFIX}")
    assert writer.server.name == "pg-orders"
    assert writer.name == f"orders.writer.{SUFFIX}"
    assert writer.endpoint is not None
    assert find_target(facts, f"ORDERS.reader.{SUFFIX}").server.name == "pg-orders-r1"


def test_same_name_in_two_groups_is_ambiguous() -> None:
    estate = Estate()
    estate.server("pg-orders", estate.pg, estate.z, rg="rg-other")
    with pytest.raises(UsageError, match="stands for 2 servers") as found:
        find_server(estate.facts, "pg-orders")
    assert "rg-other" in found.value.hint


def test_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="no flexible server is named pg-order ") as found:
        find_server(Estate().facts, "pg-order")
    assert "pg-orders" in found.value.hint


def test_id_of_something_else_is_refused() -> None:
    estate = Estate()
    with pytest.raises(UsageError, match="not a flexible server"):
        find_server(estate.facts, estate.z)
    with pytest.raises(UsageError, match="with the id"):
        find_server(estate.facts, estate.primary + "x")


def test_r02_literal_address_finds_the_server_and_is_remembered() -> None:
    world = World()
    network = world.vnet("vnet", "10.3.0.0/16")
    subnet = world.subnet(network, "snet-pe", "10.3.1.0/24")
    server = world.public_server("pg-pub")
    world.endpoint("pe", subnet, server, "10.3.1.7")
    target = find_target(Facts(world.topology()), "10.3.1.7")
    assert target.server.id == fold(server)
    assert target.address is not None
    with pytest.raises(UsageError, match=r"can have the address 10\.3\.1\.8"):
        find_target(Facts(world.topology()), "10.3.1.8")


def test_r02_literal_address_in_a_shared_subnet_is_ambiguous() -> None:
    with pytest.raises(UsageError, match="stands for 2 servers"):
        find_target(Estate().facts, "10.2.1.5")


def test_r34_ipv6_is_explained() -> None:
    with pytest.raises(UsageError, match="IPv6"):
        find_server(Estate().facts, "fd00::1")


@pytest.mark.parametrize(
    ("cloud", "suffix"),
    [
        ("public", SUFFIX),
        ("usgov", "postgres.database.usgovcloudapi.net"),
        ("china", "postgres.database.chinacloudapi.cn"),
    ],
)
def test_j66_suffix_of_the_stated_cloud(cloud: str, suffix: str) -> None:
    world = World()
    world.public_server("pg1", fullyQualifiedDomainName=...)
    facts = Facts(load_rows(world.rows, coverage=world.coverage, scope={"cloud": cloud}))
    server = find_server(facts, "pg1")
    assert server_fqdn(facts, server) == f"pg1.{suffix}"
    assert privatelink_name(facts, server) == f"pg1.privatelink.{suffix}"


def test_j66_suffix_is_taken_from_names_where_nothing_states_the_cloud() -> None:
    world = World()
    world.public_server("pg1", fullyQualifiedDomainName="pg1.postgres.database.usgovcloudapi.net")
    world.public_server("pg2", fullyQualifiedDomainName=...)
    facts = Facts(world.topology())
    assert server_fqdn(facts, find_server(facts, "pg2")).endswith(".usgovcloudapi.net")
