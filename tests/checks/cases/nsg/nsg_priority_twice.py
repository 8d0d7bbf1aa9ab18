from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT314"


def _with(*rules: dict[str, object]) -> World:
    world = World()
    return injected(world=world, nsg=world.nsg("nsg-pg", *rules)).world


def group_unread() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


A, B = rule("a", 100, "Allow"), rule("b", 110, "Deny")
OUT, TWIN = rule("out", 100, "Allow", "Outbound"), rule("twin", 100, "Deny")
CASES: list[Case] = [
    ("each its own", lambda: _with(A, B), ok),
    ("near miss: in and out may share one", lambda: _with(A, OUT), ok),
    ("twice", lambda: _with(A, TWIN), fail("error", says="a, twin", cause="nsg-pg")),
    ("NSG not in the data", group_unread, unknown("nsg-pg")),
]
