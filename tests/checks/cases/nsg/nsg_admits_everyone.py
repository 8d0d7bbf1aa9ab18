from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT309"


def _with(**parts: object) -> World:
    world = World()
    made = rule("clients", 100, str(parts.pop("access", "Allow")), **parts)  # type: ignore[arg-type]
    return injected(world=world, nsg=world.nsg("nsg-pg", made)).world


def behind_a_deny() -> World:
    world = World()
    rules = rule("deny-all", 100, "Deny"), rule("old", 200, "Allow", src="*", ports="5432")
    return injected(world=world, nsg=world.nsg("nsg-pg", *rules)).world


def group_unread() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    world.unread("microsoft.network/networkSecurityGroups")
    return world


CASES: list[Case] = [
    ("a range", lambda: _with(src="10.2.0.0/16", ports="5432"), ok),
    ("near miss: another port", lambda: _with(src="*", ports="443"), ok),
    ("near miss: a deny", lambda: _with(src="*", access="Deny"), ok),
    ("near miss: UDP", lambda: _with(src="*", protocol="Udp"), ok),
    ("near miss: outbound", lambda: _with(direction="Outbound"), ok),
    ("near miss: to another subnet", lambda: _with(src="*", ports="5432", dst="10.1.9.0/24"), ok),
    ("near miss: a deny-all comes before", behind_a_deny, ok),
    ("any source", lambda: _with(src="*", ports="5432"), fail("warning", says="from *")),
    ("in the plural field", lambda: _with(src=["10.2.0.0/16", "0.0.0.0/0"]), fail("warning")),
    (
        "Internet, a port range",
        lambda: _with(src="Internet", ports="5000-6000"),
        fail("warning"),
    ),
    ("NSG not read", group_unread, unknown("nsg-pg")),
]
