from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World, admin_rule

CHECK = "PGT318"


def _with(*rules: dict[str, object]) -> World:
    home = reached()
    home.world.admin_rules(home.network, *rules)
    return home.world


def rules_unread() -> World:
    home = reached()
    home.world.unread("microsoft.network/effectiveSecurityAdminRules")
    return home.world


CASES: list[Case] = [
    ("other ports", lambda: _with(admin_rule("ssh", 10, "Deny", ports=["22"])), ok),
    ("near miss: it allows", lambda: _with(admin_rule("pg", 10, "Allow", ports=["5432"])), ok),
    ("near miss: outbound", lambda: _with(admin_rule("pg", 10, "Deny", "Outbound")), ok),
    (
        "near miss: into another subnet",
        lambda: _with(admin_rule("pg", 10, "Deny", dst=["10.2.9.0/24"], ports=["5432"])),
        ok,
    ),
    ("near miss: no admin rules", lambda: reached().world, skip),
    (
        "R28 it denies",
        lambda: _with(admin_rule("no-pg", 10, "Deny", ports=["5432"])),
        fail("warning", certainty="likely", cause="no-pg"),
    ),
    ("admin rules not read", rules_unread, unknown()),
]
