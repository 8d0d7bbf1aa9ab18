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


def second_subnet() -> World:
    """Two subnets with the same table are one fault of the endpoint's subnet."""
    world = _steered("10.2.0.0/16")
    client = next(row for row in world.rows if row["name"] == "vnet-clients")["id"]
    table = next(row for row in world.rows if row["name"] == "rt-app")["id"]
    world.subnet(client, "snet-batch", "10.3.2.0/24", route_table=table)
    return world


def alone() -> World:
    return World()


CASES: list[Case] = [
    ("G24 applied", lambda: _steered("10.2.0.0/16", "RouteTableEnabled"), ok),
    ("near miss: a default route is not meant for it", lambda: _steered("0.0.0.0/0"), ok),
    ("near miss: another range", lambda: _steered("10.9.0.0/16"), ok),
    ("near miss: to Internet", lambda: _steered("10.2.0.0/16", hop="Internet"), ok),
    ("near miss: no route table", lambda: reached().world, ok),
    ("near miss: no endpoint", alone, skip),
    ("near miss: a route for the very address", lambda: _steered("10.2.5.4/32"), ok),
    (
        "G24 not applied",
        lambda: _steered("10.2.0.0/16"),
        fail("warning", certainty="likely", says="pe-shop", cause="snet-endpoints"),
    ),
    (
        "for two subnets",
        second_subnet,
        fail("warning", certainty="likely", says="1 more subnet"),
    ),
    (
        "shorter than the range, although route tables apply",
        lambda: _steered("10.0.0.0/8", "Enabled"),
        fail("warning", certainty="likely"),
    ),
    (
        "one wide route for the whole company",
        lambda: _steered("10.0.0.0/8"),
        fail("info", certainty="likely"),
    ),
    ("route table out of sight", table_out_of_sight, unknown("rt-app")),
]
