from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT416"


def _with(value: str, *routes: dict[str, object], peered: bool = True) -> World:
    world = World()
    table = world.route_table("rt-pg", *routes, disablePeeringRoute=value)
    home = injected(world=world, route_table=table)
    if peered:
        world.peer(home.network, world.vnet("vnet-app", "10.2.0.0/16"))
    return world


def table_out_of_sight() -> World:
    world = _with("All")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


OWN = route("apps", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4")
CASES: list[Case] = [
    ("on", lambda: _with("None"), ok),
    ("near miss: off, and nothing is peered", lambda: _with("All", peered=False), ok),
    ("near miss: a route of the table's own leads there", lambda: _with("All", OWN), ok),
    ("off", lambda: _with("All"), fail("error", cause="rt-pg")),
    ("route table out of sight", table_out_of_sight, unknown("rt-pg")),
]
