from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World, route

CHECK = "PGT418"


def _steered(prefix: str, policy: str = "Disabled", hop: str = "VirtualAppliance") -> World:
    home = reached()
    world = home.world
    table = world.route_table("rt-app", route("inspect", prefix, hop, "10.0.1.4"))
    app = world.vnet("vnet-clients", "10.3.0.0/16")
    world.subnet(app, "snet-app", "10.3.1.0/24", route_table=table)
    world.peer(app, home.network)
    world.properties(home.subnet)["privateEndpointNetworkPolicies"] = policy
    return world


def table_out_of_sight() -> World:
    world = _steered("10.2.0.0/16")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-app"))
    return world


CASES: list[Case] = [
    ("G24 applied", lambda: _steered("10.2.0.0/16", "RouteTableEnabled"), ok),
    ("near miss: a default route is not meant for it", lambda: _steered("0.0.0.0/0"), ok),
    ("near miss: another range", lambda: _steered("10.9.0.0/16"), ok),
    ("near miss: to Internet", lambda: _steered("10.2.0.0/16", hop="Internet"), ok),
    ("near miss: no route table", lambda: reached().world, skip),
    ("G24 not applied", lambda: _steered("10.2.0.0/16"), fail("warning", says="pe-shop")),
    ("shorter than the range", lambda: _steered("10.0.0.0/8", "Enabled"), fail("warning")),
    ("route table out of sight", table_out_of_sight, unknown("rt-app")),
]
