from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT413"
OFFICE = "192.168.10.0/24"


def _office(
    *routes: dict[str, object],
    is_off: bool = True,
    is_declared: bool = True,
    has_table: bool = True,
) -> World:
    world = World()
    table = world.route_table("rt-pg", *routes, disable_bgp=is_off)
    home = injected(world=world, route_table=table)
    place = world.subnet(home.network, "GatewaySubnet", "10.1.2.0/27")
    gateway = world.gateway("vpngw", place)
    world.connection("cn-office", gateway, world.local_gateway("lgw-office", OFFICE))
    if is_declared:
        world.declare(f"onprem:{OFFICE}", "psql-orders")
    if not has_table:
        world.remove(table)
    return world


CASES: list[Case] = [
    ("propagation on", lambda: _office(is_off=False), ok),
    (
        "near miss: a route of one's own leads back",
        lambda: _office(route("office", OFFICE, "VirtualNetworkGateway")),
        ok,
    ),
    ("near miss: nobody declares the office", lambda: _office(is_declared=False), skip),
    (
        "R07 propagation off, no route",
        _office,
        fail("error", says=OFFICE, cause="rt-pg"),
    ),
    ("the table is out of sight", lambda: _office(has_table=False), unknown("psql-orders")),
]
