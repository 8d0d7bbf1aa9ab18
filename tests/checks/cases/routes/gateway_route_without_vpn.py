from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT410"


def _with(*kinds: str, hop: str = "VirtualNetworkGateway") -> World:
    world = World()
    table = world.route_table("rt", route("sites", "192.168.0.0/16", hop))
    home = injected(world=world, route_table=table)
    place = world.subnet(home.network, "GatewaySubnet", "10.1.250.0/26")
    for kind in kinds:
        world.gateway(f"gw-{kind.lower()}", place, kind)
    return world


def table_out_of_sight() -> World:
    world = _with("ExpressRoute")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt"))
    return world


CASES: list[Case] = [
    ("a VPN gateway", lambda: _with("Vpn"), ok),
    ("near miss: another next hop", lambda: _with("ExpressRoute", hop="Internet"), skip),
    ("near miss: no gateway is another fault", _with, skip),
    ("an ExpressRoute gateway", lambda: _with("ExpressRoute"), fail("error", cause="sites")),
    ("both", lambda: _with("ExpressRoute", "Vpn"), fail("error", says="for ExpressRoute")),
    ("route table out of sight", table_out_of_sight, unknown("rt")),
]
