from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT402"


def _with(*routes: dict[str, object]) -> World:
    world = World()
    return injected(world=world, route_table=world.route_table("rt-pg", *routes)).world


def _to_appliance(prefix: str) -> dict[str, object]:
    return route("steer", prefix, "VirtualAppliance", "10.0.1.4")


def table_unread() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    world.unread("microsoft.network/routeTables")
    return world


LOCAL = route("local", "10.1.1.0/27", "VnetLocal")
CASES: list[Case] = [
    ("no route table", lambda: injected().world, ok),
    ("near miss: everything", lambda: _with(_to_appliance("0.0.0.0/0")), ok),
    ("near miss: shorter than the network", lambda: _with(_to_appliance("10.0.0.0/8")), ok),
    (
        "R12 near miss: it stays local",
        lambda: _with(_to_appliance("10.1.0.0/16"), LOCAL),
        ok,
    ),
    (
        "R12 the network's range",
        lambda: _with(_to_appliance("10.1.0.0/16")),
        fail("error", says="10.0.1.4", cause="rt-pg"),
    ),
    ("R12 the subnet's range", lambda: _with(_to_appliance("10.1.1.0/24")), fail("error")),
    (
        "dropped",
        lambda: _with(route("drop", "10.1.0.0/16", "None")),
        fail("error", says="to None"),
    ),
    ("table not read", table_unread, unknown("rt-pg")),
]
