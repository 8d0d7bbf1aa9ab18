from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT420"
DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4")


def _with(*routes: dict[str, object], has_endpoint: bool = False) -> World:
    world = World()
    table = world.route_table("rt-pg", *routes)
    props: dict[str, object] = {} if has_endpoint else {"serviceEndpoints": []}
    return injected(world=world, route_table=table, subnet_props=props).world


def table_out_of_sight() -> World:
    world = _with(DEFAULT)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


CASES: list[Case] = [
    ("R14 a service endpoint", lambda: _with(DEFAULT, has_endpoint=True), ok),
    (
        "near miss: a route for the tag",
        lambda: _with(DEFAULT, route("s", "Storage", "Internet")),
        ok,
    ),
    ("near miss: no default route", _with, ok),
    ("R14 neither", lambda: _with(DEFAULT), fail("warning", says="10.0.1.4", cause="snet-pg")),
    ("table not in the data", table_out_of_sight, unknown("rt-pg")),
]
