from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT006"


def _parts(group_region: str, table_region: str) -> World:
    world = World()
    group = world.nsg("nsg-pg", location=group_region)
    table = world.route_table("rt-pg", location=table_region)
    return injected(world=world, nsg=group, route_table=table).world


def out_of_sight() -> World:
    world = _parts("westeurope", "westeurope")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


CASES: list[Case] = [
    ("together", lambda: _parts("westeurope", "westeurope"), ok),
    ("near miss: spelled with blanks", lambda: _parts("West Europe", "westeurope"), ok),
    ("near miss: nothing attached", lambda: injected().world, ok),
    ("the NSG is elsewhere", lambda: _parts("eastus", "westeurope"), fail("info", says="nsg-pg")),
    ("both are", lambda: _parts("eastus", "eastus"), fail("info", count=2)),
    ("the NSG is out of sight", out_of_sight, unknown("nsg-pg")),
]
