from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT406"


def _with(forwarding: bool) -> World:
    world = World()
    table = world.route_table("rt", route("steer", "10.7.0.0/16", "VirtualAppliance", "10.1.9.4"))
    home = injected(world=world, route_table=table)
    place = world.subnet(home.network, "snet-nva", "10.1.9.0/24")
    world.nic("nic-nva", place, "10.1.9.4", forwarding=forwarding)
    return world


def balancer() -> World:
    world = World()
    table = world.route_table("rt", route("steer", "10.7.0.0/16", "VirtualAppliance", "10.1.9.4"))
    home = injected(world=world, route_table=table)
    place = world.subnet(home.network, "snet-nva", "10.1.9.0/24")
    world.load_balancer("lb-nva", place, "10.1.9.4")
    return world


def not_stated() -> World:
    world = _with(forwarding=True)
    del world.properties(next(row["id"] for row in world.rows if row["name"] == "nic-nva"))[
        "enableIPForwarding"
    ]
    return world


def table_out_of_sight() -> World:
    world = _with(forwarding=False)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt"))
    return world


CASES: list[Case] = [
    ("forwards", lambda: _with(forwarding=True), ok),
    ("near miss: a load balancer needs no flag", balancer, ok),
    ("near miss: no route table", lambda: injected().world, skip),
    ("G16 does not", lambda: _with(forwarding=False), fail("error", cause="nic-nva")),
    ("its row does not say", not_stated, unknown("nic-nva")),
    ("route table out of sight", table_out_of_sight, unknown("rt")),
]
