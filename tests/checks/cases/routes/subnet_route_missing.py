from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT403"
DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4")


def _with(*routes: dict[str, object]) -> World:
    world = World()
    return injected(world=world, route_table=world.route_table("rt-pg", *routes)).world


def table_unread() -> World:
    world = _with(DEFAULT)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


CASES: list[Case] = [
    ("no default route", _with, ok),
    ("R12 both", lambda: _with(DEFAULT, route("local", "10.1.1.0/27", "VnetLocal")), ok),
    (
        "near miss: a wider one",
        lambda: _with(DEFAULT, route("net", "10.1.0.0/16", "VnetLocal")),
        ok,
    ),
    (
        "near miss: the default route leads to Internet",
        lambda: _with(route("default", "0.0.0.0/0", "Internet")),
        ok,
    ),
    ("R12 missing", lambda: _with(DEFAULT), fail("info", says="10.1.1.0/27", cause="rt-pg")),
    ("table not in the data", table_unread, unknown("rt-pg")),
]
