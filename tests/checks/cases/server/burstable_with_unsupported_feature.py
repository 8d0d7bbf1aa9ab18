from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT709"


def capital_keys() -> World:
    return injected(sku={"Name": "Standard_B2s", "Tier": "Burstable"}, ha="ZoneRedundant").world


def with_pooler(tier: str) -> World:
    home = injected(tier=tier)
    home.world.parameter(home.server, "pgbouncer.enabled", "true")
    return home.world


def with_replica() -> World:
    home = injected(tier="Burstable")
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone)
    return home.world


CASES: list[Case] = [
    ("general purpose", lambda: injected(ha="SameZone").world, ok),
    ("near miss: Burstable and modest", lambda: injected(tier="Burstable").world, ok),
    ("near miss: the pooler on a larger tier", lambda: with_pooler("MemoryOptimized"), ok),
    ("keys in capitals", capital_keys, fail("warning", says="high availability")),
    ("the pooler", lambda: with_pooler("Burstable"), fail("warning", says="PgBouncer")),
    ("a replica", with_replica, fail("warning", says="replicas")),
    ("tier not stated", lambda: injected(sku=...).world, unknown("tier")),
]
