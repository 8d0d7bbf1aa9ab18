from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT207"


def _inbound(prefix: str, delegation: str | None = "dns") -> World:
    world = World()
    network = world.vnet("vnet-hub", "10.0.0.0/16")
    subnet = world.subnet(network, "snet-in", prefix, delegation=delegation)
    world.inbound(world.resolver("dnspr", network), subnet, "10.0.5.4")
    return world


def shared() -> World:
    world = World()
    network = world.vnet("vnet-hub", "10.0.0.0/16")
    subnet = world.subnet(network, "snet-dns", "10.0.5.0/28", delegation="dns")
    resolver = world.resolver("dnspr", network)
    world.inbound(resolver, subnet, "10.0.5.4")
    world.outbound(resolver, subnet)
    return world


def out_of_sight() -> World:
    world = _inbound("10.0.5.0/28")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "vnet-hub"))
    return world


CASES: list[Case] = [
    ("as it should be", lambda: hub().world, ok),
    ("near miss: exactly a /24", lambda: _inbound("10.0.5.0/24"), ok),
    ("near miss: no resolver", lambda: injected().world, skip),
    ("not delegated", lambda: _inbound("10.0.5.0/28", None), fail("error", says="not delegated")),
    ("too small", lambda: _inbound("10.0.5.0/29"), fail("error", says="8 addresses")),
    ("too large", lambda: _inbound("10.0.4.0/23"), fail("error", says="512")),
    ("shared", shared, fail("error", count=2, says="also holds")),
    ("the subnet is out of sight", out_of_sight, unknown("snet-in")),
]
