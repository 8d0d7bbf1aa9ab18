from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT401"
DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4")
ENTRA = route("entra", "AzureActiveDirectory", "Internet")


def _with(*routes: dict[str, object], entra: bool = True) -> World:
    world = World()
    table = world.route_table("rt-pg", *routes)
    return injected(world=world, route_table=table, entra=entra).world


def table_unread() -> World:
    world = _with(DEFAULT)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    world.unread("microsoft.network/routeTables")
    return world


CASES: list[Case] = [
    ("no route table", lambda: injected(entra=True).world, ok),
    ("R12 both routes", lambda: _with(DEFAULT, ENTRA), ok),
    (
        "near miss: the default route leads to Internet",
        lambda: _with(route("default", "0.0.0.0/0", "Internet")),
        ok,
    ),
    (
        "near miss: only a private range is diverted",
        lambda: _with(route("hub", "10.0.0.0/8", "VirtualAppliance", "10.0.1.4")),
        ok,
    ),
    ("R12 G11 missing", lambda: _with(DEFAULT), fail("error", says="10.0.1.4", cause="rt-pg")),
    (
        "R12 to on premises",
        lambda: _with(route("default", "0.0.0.0/0", "VirtualNetworkGateway")),
        fail("error", says="VirtualNetworkGateway"),
    ),
    (
        "the tag leads to the appliance, too",
        lambda: _with(
            DEFAULT, route("entra", "AzureActiveDirectory", "VirtualAppliance", "10.0.1.4")
        ),
        fail("error"),
    ),
    ("without Entra sign-in", lambda: _with(DEFAULT, entra=False), fail("warning")),
    ("table not read", table_unread, unknown("rt-pg")),
]
