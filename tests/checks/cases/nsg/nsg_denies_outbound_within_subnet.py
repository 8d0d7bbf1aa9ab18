from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT303"
DENY = rule("deny-out", 4096, "Deny", "Outbound", protocol="*")


def _with(*rules: dict[str, object], ha: str | None = "SameZone") -> World:
    world = World()
    group = world.nsg("nsg-pg", *rules)
    return injected(world=world, nsg=group, ha=ha).world


def group_unread() -> World:
    world = World()
    group = world.nsg("nsg-pg", DENY)
    home = injected(world=world, nsg=group)
    world.remove(group)
    world.unread("microsoft.network/networkSecurityGroups")
    return home.world


CASES: list[Case] = [
    ("default rules", _with, ok),
    (
        "near miss: the network is allowed above the deny",
        lambda: _with(
            rule("vnet", 100, "Allow", "Outbound", src="VirtualNetwork", dst="VirtualNetwork"),
            DENY,
        ),
        ok,
    ),
    (
        "near miss: another port is denied",
        lambda: _with(rule("web", 100, "Deny", "Outbound", ports=["80", "443"])),
        ok,
    ),
    ("R17 outbound deny-all", lambda: _with(DENY), fail("error", says="deny-out", cause="nsg-pg")),
    ("without high availability", lambda: _with(DENY, ha=None), fail("warning")),
    ("NSG not read", group_unread, unknown()),
]
