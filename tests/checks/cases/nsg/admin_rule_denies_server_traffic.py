from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, admin_rule, rule

CHECK = "PGT316"


def _with(*rules: dict[str, object]) -> World:
    home = injected()
    home.world.admin_rules(home.network, *rules)
    return home.world


def rules_unread() -> World:
    home = injected()
    home.world.unread("microsoft.network/effectiveSecurityAdminRules")
    return home.world


def only_the_group_denies() -> World:
    world = World()
    group = world.nsg("nsg-pg", rule("deny-all", 4000, "Deny"))
    home = injected(world=world, nsg=group)
    world.admin_rules(home.network, admin_rule("ssh", 10, "Deny", ports=["22"]))
    return world


INTERNET = admin_rule("no-internet", 20, "Deny", "Outbound", "Any", dst=["Internet"])
CASES: list[Case] = [
    ("other ports", lambda: _with(admin_rule("ssh", 10, "Deny", ports=["22"])), ok),
    ("near miss: an NSG denies, no admin rule does", only_the_group_denies, ok),
    ("near miss: no admin rules", lambda: injected().world, skip),
    (
        "R28 5432 within the subnet",
        lambda: _with(admin_rule("no-pg", 10, "Deny", ports=["5432"])),
        fail("error", says="no-pg", cause="no-pg"),
    ),
    ("R28 Storage", lambda: _with(INTERNET), fail("error", says="Storage")),
    ("R28 admin rules not read", rules_unread, unknown()),
]
