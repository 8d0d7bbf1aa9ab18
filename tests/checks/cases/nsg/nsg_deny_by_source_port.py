from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT315"


def _with(access: str, src_ports: str | list[str]) -> World:
    world = World()
    made = rule("by-port", 100, access, src_ports=src_ports)
    return injected(world=world, nsg=world.nsg("nsg-pg", made)).world


def group_unread() -> World:
    world = _with("Deny", "*")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


CASES: list[Case] = [
    ("any source port", lambda: _with("Deny", "*"), ok),
    ("near miss: every port, spelled out", lambda: _with("Deny", "0-65535"), ok),
    ("near miss: every port that clients choose", lambda: _with("Deny", "1024-65535"), ok),
    ("near miss: an allow", lambda: _with("Allow", "5432"), ok),
    ("one port", lambda: _with("Deny", "5432"), fail("info", says="5432", cause="by-port")),
    ("a list", lambda: _with("Deny", ["5432", "6432"]), fail("info", says="6432")),
    ("NSG not in the data", group_unread, unknown("nsg-pg")),
]
