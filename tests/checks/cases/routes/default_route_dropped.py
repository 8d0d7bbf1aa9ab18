from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT404"


def _with(*routes: dict[str, object]) -> World:
    world = World()
    return injected(world=world, route_table=world.route_table("rt-pg", *routes)).world


def table_unread() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


def subnet_unread() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


CASES: list[Case] = [
    ("no route table", lambda: injected().world, ok),
    (
        "near miss: a narrower range is dropped",
        lambda: _with(route("drop", "10.9.0.0/16", "None")),
        ok,
    ),
    ("near miss: to Internet", lambda: _with(route("out", "0.0.0.0/0", "Internet")), ok),
    (
        "everything is dropped",
        lambda: _with(route("drop", "0.0.0.0/0", "None")),
        fail("error", says="drops everything", cause="drop"),
    ),
    ("table not in the data", table_unread, unknown("rt-pg")),
    ("the subnet is out of sight", subnet_unread, unknown("snet-pg")),
]
