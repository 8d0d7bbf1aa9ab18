from tests.checks.expect import Case, fail, ok, skip
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT605"


def _named(name: str, delegation: str | None = "pg") -> World:
    world = World()
    network = world.vnet("vnet-data", "10.1.0.0/16")
    world.subnet(network, name, "10.1.1.0/26", delegation=delegation)
    return world


CASES: list[Case] = [
    ("a free name", lambda: injected().world, ok),
    ("near miss: begins like a reserved one", lambda: _named("GatewaySubnet-pg"), ok),
    ("near miss: a real gateway subnet", lambda: _named("GatewaySubnet", None), skip),
    ("R13 GatewaySubnet", lambda: _named("GatewaySubnet"), fail("error", says="gateway")),
    ("R13 in other letters", lambda: _named("azurebastionsubnet"), fail("error", says="bastion")),
]
