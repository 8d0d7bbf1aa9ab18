from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT405"


def _with(hop: str | None, device: str = "", unread: tuple[str, ...] = ()) -> World:
    world = World()
    table = world.route_table("rt-pg", route("steer", "10.7.0.0/16", "VirtualAppliance", hop))
    home = injected(world=world, route_table=table)
    place = world.subnet(home.network, "snet-nva", "10.1.9.0/24")
    if device == "nic":
        world.nic("nic-nva", place, "10.1.9.4", forwarding=True)
    if device == "balancer":
        world.load_balancer("lb-nva", place, "10.1.9.4")
    world.unread(*unread)
    return world


def firewall_in_the_hub() -> World:
    world = _with("10.0.1.4")
    network = next(row["id"] for row in world.rows if row["name"] == "vnet-data")
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    world.azure_firewall("fw", world.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26"), "10.0.1.4")
    world.peer(network, hub)
    return world


def behind_a_broken_peering() -> World:
    world = firewall_in_the_hub()
    network = next(row for row in world.rows if row["name"] == "vnet-data")
    peering = network["properties"]["virtualNetworkPeerings"][0]
    peering["properties"]["peeringState"] = "Disconnected"
    return world


def table_out_of_sight() -> World:
    world = _with("10.1.9.4")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-pg"))
    return world


CASES: list[Case] = [
    ("an interface", lambda: _with("10.1.9.4", "nic"), ok),
    ("near miss: a load balancer", lambda: _with("10.1.9.4", "balancer"), ok),
    ("near miss: a firewall in the hub", firewall_in_the_hub, ok),
    ("near miss: behind a broken peering", behind_a_broken_peering, ok),
    ("near miss: no route table", lambda: injected().world, skip),
    (
        "nothing",
        lambda: _with("10.1.9.9", "nic"),
        fail("error", says="no interface"),
    ),
    ("out of reach", lambda: _with("10.66.0.4"), fail("error", says="outside its own")),
    (
        "interfaces not read",
        lambda: _with("10.1.9.4", unread=("microsoft.network/networkInterfaces",)),
        unknown("was not read"),
    ),
    ("no address", lambda: _with(None), unknown("states no address")),
    ("not an address", lambda: _with("nva-1"), unknown("nva-1 of route steer in rt-pg is no")),
    ("near miss: IPv6", lambda: _with("fd00::4"), ok),
    ("route table out of sight", table_out_of_sight, unknown("rt-pg")),
]
