"""Would failover, promotion and restore work (R17, R18, R21, R29, R31)."""

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.targets import find_server
from pgtopo.analysis.verdict import Verdict
from pgtopo.triage.drill.drill import drill
from pgtopo.triage.drill.item import Event
from tests.estates.world import World, hex_label, rule

ZONE = "orders.private.postgres.database.azure.com"


def estate(
    world: World, *, prefix: str = "10.1.1.0/27", ttl: int = 30, ha: str | None = None
) -> str:
    """One server with a client subnet beside it; gives the zone."""
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", prefix, delegation="pg")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    zone = world.zone(ZONE)
    world.link(zone, network)
    world.a_record(zone, hex_label("psql-orders"), "10.1.1.4", ttl=ttl)
    world.server("psql-orders", subnet, zone, ha=ha)
    return zone


def events(world: World, server: str = "psql-orders") -> dict[str, Event]:
    """The events of a server by name."""
    facts = Facts(world.topology(), world.settings())
    return {one.name: one for one in drill(facts, find_server(facts, server)).events}


def verdict_of(event: Event, code: str) -> Verdict | None:
    """The verdict of the item with a code; None where there is none."""
    return next((one.verdict for one in event.items if one.code == code), None)


def test_sound_server_passes_failover_and_restore() -> None:
    world = World()
    estate(world, ha="ZoneRedundant")
    found = events(world)
    assert found["failover"].verdict is Verdict.ALLOWED
    assert found["restore"].verdict is Verdict.ALLOWED
    assert verdict_of(found["promotion"], "NO_REPLICA") is Verdict.BLOCKED


def test_server_without_standby_cannot_fail_over() -> None:
    world = World()
    estate(world)
    assert verdict_of(events(world)["failover"], "NO_STANDBY") is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("level", "restore"), [("CanNotDelete", None), ("ReadOnly", "ZONE_LOCKED")]
)
def test_lock_on_the_zone_stops_the_record(level: str, restore: str | None) -> None:
    world = World()
    zone = estate(world, ha="ZoneRedundant")
    world.lock(zone, "keep", level)
    found = events(world)
    assert verdict_of(found["failover"], "ZONE_LOCKED") is Verdict.BLOCKED
    assert (verdict_of(found["restore"], "ZONE_LOCKED") is not None) is (restore is not None)


def test_locks_that_were_not_read_stay_open_and_say_how_to_settle_it() -> None:
    world = World()
    estate(world, ha="ZoneRedundant")
    world.denied("microsoft.authorization/locks")
    failover = events(world)["failover"]
    assert failover.verdict is Verdict.UNKNOWN
    (item,) = (one for one in failover.items if one.code == "LOCKS_NOT_READ")
    assert item.settle_with.startswith("az lock list")


def test_full_subnet_takes_no_restored_server() -> None:
    world = World()
    estate(world, prefix="10.1.1.0/28", ha="ZoneRedundant")
    subnet = next(
        one["id"]
        for row in world.rows
        for one in row["properties"].get("subnets", [])
        if one["name"] == "snet-pg"
    )
    world.subnet_usage(subnet, 11, "check_subnet_usage")
    restore = events(world)["restore"]
    assert verdict_of(restore, "SUBNET_FULL") is Verdict.BLOCKED


def test_denied_flow_within_the_subnet_is_named() -> None:
    world = World()
    estate(world, ha="ZoneRedundant")
    nsg = world.nsg("nsg-pg", rule("deny-pg", 100, "Deny", "Inbound", ports="5432"))
    for row in world.rows:
        for one in row["properties"].get("subnets", []):
            if one["name"] == "snet-pg":
                one["properties"]["networkSecurityGroup"] = {"id": nsg}
    failover = events(world)["failover"]
    assert verdict_of(failover, "NSG_DENY") is Verdict.BLOCKED


def test_record_kept_long_is_told() -> None:
    world = World()
    estate(world, ttl=3600, ha="ZoneRedundant")
    assert verdict_of(events(world)["failover"], "RECORD_KEPT_LONG") is Verdict.BLOCKED


@pytest.mark.parametrize("has_endpoint", [True, False])
def test_promotion_asks_whether_a_name_moves(has_endpoint: bool) -> None:
    world = World()
    zone = estate(world)
    network = world.rows[0]["id"]
    second = world.subnet(network, "snet-pg-2", "10.1.3.0/27", delegation="pg")
    primary = next(one["id"] for one in world.rows if one["name"] == "psql-orders")
    replica = world.replica("psql-orders-2", primary, second, zone)
    world.a_record(zone, hex_label("psql-orders-2"), "10.1.3.4")
    if has_endpoint:
        world.virtual_endpoint(primary, "ve-orders", [replica])
    promotion = events(world)["promotion"]
    wanted = None if has_endpoint else Verdict.BLOCKED
    assert verdict_of(promotion, "NAME_DOES_NOT_FOLLOW") is wanted
    assert any("would reach psql-orders-2" in one.text for one in promotion.items)
    if not has_endpoint:
        world.unread("microsoft.dbforpostgresql/flexibleservers/virtualendpoints")
        again = events(world)["promotion"]
        assert verdict_of(again, "VIRTUAL_ENDPOINTS_NOT_READ") is Verdict.UNKNOWN


def test_public_server_is_honest_about_what_a_restore_brings() -> None:
    world = World()
    world.public_server("psql-open")
    restore = events(world, "psql-open")["restore"]
    assert verdict_of(restore, "DOORS_OF_RESTORED_SERVER") is Verdict.UNKNOWN
