from tests.checks.expect import Case, fail, ok, skip
from tests.estates.world import World

CHECK = "PGT313"


def _subnet(name: str, has_group: bool) -> World:
    world = World()
    group = world.nsg("nsg-hub") if has_group else None
    world.subnet(world.vnet("vnet-hub", "10.0.0.0/16"), name, "10.0.0.0/27", nsg=group)
    return world


def empty_reference() -> World:
    world = World()
    network = world.vnet("vnet-hub", "10.0.0.0/16")
    world.subnet(network, "GatewaySubnet", "10.0.0.0/27", networkSecurityGroup={})
    return world


CASES: list[Case] = [
    ("none", lambda: _subnet("GatewaySubnet", has_group=False), ok),
    ("near miss: an empty reference", empty_reference, ok),
    ("near miss: another subnet", lambda: _subnet("snet-app", has_group=True), skip),
    ("attached", lambda: _subnet("gatewaysubnet", has_group=True), fail("error", says="nsg-hub")),
]
