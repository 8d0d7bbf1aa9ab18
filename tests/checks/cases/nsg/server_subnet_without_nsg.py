from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT319"


def with_group() -> World:
    world = World()
    return injected(world=world, nsg=world.nsg("nsg-pg")).world


def group_out_of_sight() -> World:
    world = with_group()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


def subnet_out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


CASES: list[Case] = [
    ("attached", with_group, ok),
    ("near miss: attached and out of sight", group_out_of_sight, ok),
    ("near miss: no injected server", lambda: public()[0], skip),
    ("none", lambda: injected().world, fail("info", cause="snet-pg")),
    (
        "an empty reference",
        lambda: injected(subnet_props={"networkSecurityGroup": {"id": None}}).world,
        fail("info"),
    ),
    ("the subnet is out of sight", subnet_out_of_sight, unknown("snet-pg")),
]
