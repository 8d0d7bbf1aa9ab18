from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT311"


def _with(*rules: dict[str, object]) -> World:
    world = World()
    return injected(world=world, nsg=world.nsg("nsg-pg", *rules)).world


def group_out_of_sight() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


WIDE = rule("wide", 100, "Deny", src="10.0.0.0/8", protocol="*")
CASES: list[Case] = [
    ("apart", lambda: _with(WIDE, rule("other", 200, "Allow", src="172.16.0.0/12")), ok),
    ("near miss: wider than the earlier one", lambda: _with(WIDE, rule("all", 200, "Deny")), ok),
    (
        "near miss: another protocol",
        lambda: _with(
            rule("udp", 100, "Deny", src="10.0.0.0/8", protocol="Udp"),
            rule("tcp", 200, "Deny", src="10.1.0.0/16"),
        ),
        ok,
    ),
    (
        "near miss: the other direction",
        lambda: _with(WIDE, rule("out", 200, "Deny", "Outbound", src="10.1.0.0/16")),
        ok,
    ),
    (
        "covered by the opposite",
        lambda: _with(WIDE, rule("pg", 200, "Allow", src="10.1.0.0/16", ports="5432")),
        fail("info", says="the opposite", cause="pg"),
    ),
    (
        "covered by the same",
        lambda: _with(WIDE, rule("narrow", 200, "Deny", src=["10.1.0.0/16", "10.2.0.0/16"])),
        fail("info", says="never reached"),
    ),
    (
        "the same tag",
        lambda: _with(
            rule("a", 100, "Allow", src="VirtualNetwork"),
            rule("b", 200, "Deny", src="virtualnetwork", ports="5432"),
        ),
        fail("info"),
    ),
    ("NSG not in the data", group_out_of_sight, unknown("nsg-pg")),
]
