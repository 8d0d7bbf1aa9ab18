from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT706"


def _pair(space: str, subnet: str) -> World:
    home = injected()
    north = home.world.vnet("vnet-north", space)
    place = home.world.subnet(north, "snet-pg", subnet, delegation="pg")
    home.world.replica("psql-orders-r", home.server, place, home.zone)
    return home.world


def in_the_same_subnet() -> World:
    home = injected()
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone)
    return home.world


def primary_out_of_sight() -> World:
    world = _pair("10.8.0.0/16", "10.8.1.0/27")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "psql-orders"))
    return world


def overlap_of_strangers() -> World:
    world = _pair("10.8.0.0/16", "10.8.1.0/27")
    world.vnet("vnet-other", "10.1.0.0/16")
    return world


CASES: list[Case] = [
    ("apart", lambda: _pair("10.8.0.0/16", "10.8.1.0/27"), ok),
    ("near miss: one subnet for both", in_the_same_subnet, skip),
    ("near miss: a stranger overlaps", overlap_of_strangers, ok),
    (
        "R29 overlap",
        lambda: _pair("10.1.128.0/17", "10.1.200.0/27"),
        fail("error", says="10.1.128.0/17"),
    ),
    ("the primary is out of sight", primary_out_of_sight, unknown("psql-orders")),
]
