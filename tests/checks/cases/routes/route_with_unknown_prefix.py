from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT419"


def _with(*prefixes: str) -> World:
    world = World()
    routes = [route(f"r{n}", prefix, "Internet") for n, prefix in enumerate(prefixes)]
    return injected(world=world, route_table=world.route_table("rt-pg", *routes)).world


def table_out_of_sight() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


def _storage(count: int) -> World:
    return _with(*(f"Storage.Region{number}" for number in range(count)))


CASES: list[Case] = [
    ("ranges and tags", lambda: _with("10.0.0.0/8", "AzureActiveDirectory"), ok),
    ("near miss: IPv6", lambda: _with("cab:cab::/96"), ok),
    ("near miss: exactly 25 tags", lambda: _storage(25), ok),
    ("misspelled", lambda: _with("AzureActivDirectory"), fail("warning", says="AzureActivD")),
    (
        "perhaps a tag that is younger than the list",
        lambda: _with("QuantumWorkspace"),
        fail("warning", certainty="likely"),
    ),
    ("26 tags", lambda: _storage(26), fail("warning", says="26 routes", cause="rt-pg")),
    ("table not in the data", table_out_of_sight, unknown("rt-pg")),
]
