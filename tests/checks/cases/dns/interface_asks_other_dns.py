from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import spoke
from tests.estates.world import World

CHECK = "PGT120"


def _machine(*dns: str, is_declared: bool = False, is_owner_known: bool = True) -> World:
    made = spoke(is_declared=is_declared)
    world = made.world
    identity = world.vnet("vnet-identity", "10.4.0.0/16")
    place = world.subnet(identity, "snet-dc", "10.4.1.0/24")
    if is_owner_known:
        world.vm("vm-dc", world.nic("nic-dc", place, "10.4.1.4"))
    world.peer(made.network, identity)
    world.vm("vm-app", world.nic("nic-app", made.subnet, "10.3.1.4", dns=dns))
    return world


CASES: list[Case] = [
    ("the same as Azure DNS", lambda: _machine("168.63.129.16"), ok),
    ("near miss: no servers of its own", _machine, skip),
    (
        "asks a network that does not see the zone",
        lambda: _machine("10.4.1.4"),
        fail("warning", certainty="likely", says="nic-app", cause="nic-app"),
    ),
    (
        "the same, declared",
        lambda: _machine("10.4.1.4", is_declared=True),
        fail("warning", says="nic-app"),
    ),
    (
        "asks a server that nobody knows",
        lambda: _machine("10.4.1.4", is_owner_known=False),
        unknown("nic-app"),
    ),
]
