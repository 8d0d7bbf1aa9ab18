from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT408"


def _with(hop: str) -> World:
    home = injected()
    world = home.world
    table = world.route_table("rt", route("steer", "10.7.0.0/16", "VirtualAppliance", hop))
    world.subnet(home.network, "snet-app", "10.1.8.0/24", route_table=table)
    return world


def table_out_of_sight() -> World:
    world = _with("10.1.8.4")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt"))
    return world


CASES: list[Case] = [
    ("elsewhere", lambda: _with("10.1.9.4"), ok),
    ("near miss: the next subnet", lambda: _with("10.1.9.0"), ok),
    ("near miss: no route table", lambda: injected().world, skip),
    ("inside", lambda: _with("10.1.8.4"), fail("warning", says="lies in that subnet")),
    ("route table out of sight", table_out_of_sight, unknown("rt")),
]
