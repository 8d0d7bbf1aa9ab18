from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT415"
BACK = route("site", "192.168.0.0/16", "VirtualAppliance", "10.0.1.4")


def _with(*back: dict[str, object], steered: bool = True) -> World:
    world = World()
    table = world.route_table("rt-pg", *back)
    home = injected(world=world, route_table=table)
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    inward = [route("pg", "10.1.1.0/27", "VirtualAppliance", "10.0.1.4")] if steered else []
    gates = world.route_table("rt-gw", *inward)
    place = world.subnet(hub, "GatewaySubnet", "10.0.0.0/27", route_table=gates)
    gateway = world.gateway("vgw", place)
    site = world.local_gateway("lng", "192.168.0.0/16")
    world.connection("cn", gateway, site)
    world.azure_firewall("fw", world.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26"), "10.0.1.4")
    world.peer(home.network, hub, {"useRemoteGateways": True}, {"allowGatewayTransit": True})
    return world


def table_out_of_sight() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


CASES: list[Case] = [
    ("G33 both ways", lambda: _with(BACK), ok),
    ("near miss: neither way", lambda: _with(steered=False), ok),
    ("near miss: no gateway", lambda: injected().world, skip),
    (
        "G33 one way",
        _with,
        fail("error", certainty="likely", says="192.168", cause="rt-pg"),
    ),
    ("route table out of sight", table_out_of_sight, unknown("rt-pg")),
]
