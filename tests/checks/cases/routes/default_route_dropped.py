from typing import Any

from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT404"


def _with(*routes: dict[str, object], has_endpoint: bool = True, **server: Any) -> World:
    world = World()
    table = world.route_table("rt-pg", *routes)
    props: dict[str, object] = {} if has_endpoint else {"serviceEndpoints": []}
    return injected(world=world, route_table=table, subnet_props=props, **server).world


def table_unread() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


def subnet_unread() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


DROP = route("drop", "0.0.0.0/0", "None")
ENTRA = route("entra", "AzureActiveDirectory", "Internet")
CASES: list[Case] = [
    ("no route table", lambda: injected().world, ok),
    (
        "near miss: a narrower range is dropped",
        lambda: _with(route("drop", "10.9.0.0/16", "None")),
        ok,
    ),
    ("near miss: to Internet", lambda: _with(route("out", "0.0.0.0/0", "Internet")), ok),
    ("near miss: both services have ways of their own", lambda: _with(DROP, ENTRA), ok),
    (
        "everything is dropped, and Storage has no way",
        lambda: _with(DROP, ENTRA, has_endpoint=False),
        fail("error", says="Storage among them", cause="rt-pg"),
    ),
    (
        "R12 Entra is cut off from a server that asks it",
        lambda: _with(DROP, authConfig={"activeDirectoryAuth": "Enabled"}),
        fail("error", says="Entra ID among them"),
    ),
    ("Entra is cut off from servers that do not", lambda: _with(DROP), fail("warning")),
    (
        "a route for Storage does not help Entra",
        lambda: _with(DROP, route("s", "Storage.westeurope", "Internet"), has_endpoint=False),
        fail("warning"),
    ),
    ("table not in the data", table_unread, unknown("rt-pg")),
    ("the subnet is out of sight", subnet_unread, unknown("snet-pg")),
]
