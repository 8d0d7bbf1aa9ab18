from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT407"


def _with(power: str, **props: object) -> World:
    world = World()
    table = world.route_table("rt", route("steer", "10.7.0.0/16", "VirtualAppliance", "10.1.9.4"))
    home = injected(world=world, route_table=table)
    place = world.subnet(home.network, "snet-nva", "10.1.9.0/24")
    nic = world.nic("nic-nva", place, "10.1.9.4", forwarding=True)
    world.vm("vm-nva", nic, power=power, **props)
    return world


def machine_out_of_sight() -> World:
    world = _with("VM running")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "vm-nva"))
    return world


CASES: list[Case] = [
    ("runs", lambda: _with("VM running"), ok),
    ("near miss: on its way up", lambda: _with("VM starting"), ok),
    ("near miss: no route table", lambda: injected().world, skip),
    ("stopped", lambda: _with("VM deallocated"), fail("error", cause="vm-nva")),
    ("power not stated", lambda: _with("VM running", extended=...), unknown("power state")),
    ("Azure does not know", lambda: _with("VM unknown"), unknown("unknown")),
    ("machine out of sight", machine_out_of_sight, unknown("vm-nva")),
]
