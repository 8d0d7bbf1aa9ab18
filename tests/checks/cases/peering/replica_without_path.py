from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT514"


def _pair(peered: bool = True, linked: bool = True) -> World:
    home = injected()
    north = home.world.vnet("vnet-north", "10.8.0.0/16", location="northeurope")
    place = home.world.subnet(north, "snet-pg", "10.8.1.0/27", delegation="pg")
    if peered:
        home.world.peer(home.network, north)
    if linked:
        home.world.link(home.zone, north)
    home.world.replica("psql-orders-r", home.server, place, home.zone, role="GeoAsyncReplica")
    return home.world


def in_one_subnet() -> World:
    home = injected()
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone)
    return home.world


def primary_out_of_sight() -> World:
    world = _pair()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "psql-orders"))
    return world


CASES: list[Case] = [
    ("peered", _pair, ok),
    ("R18 near miss: no link, but a path", lambda: _pair(linked=False), ok),
    ("near miss: one subnet for both", in_one_subnet, ok),
    ("near miss: no replica", lambda: injected().world, skip),
    ("R29 linked, but not peered", lambda: _pair(peered=False), fail("error", count=2)),
    ("the primary is out of sight", primary_out_of_sight, unknown("psql-orders")),
]
