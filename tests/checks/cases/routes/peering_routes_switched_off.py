from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT416"


def _with(value: str, peered: bool = True) -> World:
    world = World()
    table = world.route_table("rt-pg", disablePeeringRoute=value)
    home = injected(world=world, route_table=table)
    if peered:
        world.peer(home.network, world.vnet("vnet-app", "10.2.0.0/16"))
    return world


def table_out_of_sight() -> World:
    world = _with("All")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


CASES: list[Case] = [
    ("on", lambda: _with("None"), ok),
    ("near miss: off, and nothing is peered", lambda: _with("All", peered=False), ok),
    ("off", lambda: _with("All"), fail("error", cause="rt-pg")),
    ("route table out of sight", table_out_of_sight, unknown("rt-pg")),
]
