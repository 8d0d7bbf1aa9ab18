from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT409"


def _with(own: bool = False, remote: bool = False, hop: str = "VirtualNetworkGateway") -> World:
    world = World()
    table = world.route_table("rt", route("sites", "192.168.0.0/16", hop))
    home = injected(world=world, route_table=table)
    if own:
        world.gateway("vgw", world.subnet(home.network, "GatewaySubnet", "10.1.250.0/27"))
    if remote:
        hub = world.vnet("vnet-hub", "10.0.0.0/16")
        world.gateway("vgw-hub", world.subnet(hub, "GatewaySubnet", "10.0.0.0/27"))
        flags = {"useRemoteGateways": True}, {"allowGatewayTransit": True}
        world.peer(home.network, hub, *flags)
    return world


def gateways_unread() -> World:
    world = _with()
    network = next(row["id"] for row in world.rows if row["name"] == "vnet-data")
    world.subnet(network, "GatewaySubnet", "10.1.250.0/27")
    world.unread("microsoft.network/virtualNetworkGateways")
    return world


def hub_out_of_sight() -> World:
    world = _with(remote=True)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "vnet-hub"))
    return world


def hub_behind_a_broken_peering() -> World:
    world = _with(remote=True)
    network = next(row for row in world.rows if row["name"] == "vnet-data")
    peering = network["properties"]["virtualNetworkPeerings"][0]
    peering["properties"]["peeringState"] = "Disconnected"
    return world


CASES: list[Case] = [
    ("its own", lambda: _with(own=True), ok),
    ("near miss: the hub's", lambda: _with(remote=True), ok),
    ("near miss: the peering is the fault", hub_behind_a_broken_peering, ok),
    ("near miss: another next hop", lambda: _with(hop="Internet"), ok),
    ("near miss: no route table", lambda: injected().world, skip),
    ("none", _with, fail("error", says="vnet-data has none", cause="sites")),
    ("gateways not read", gateways_unread, unknown("gateways")),
    ("the hub is out of sight", hub_out_of_sight, unknown("vnet-hub")),
]
