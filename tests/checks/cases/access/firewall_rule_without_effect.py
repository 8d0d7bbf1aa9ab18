from tests.checks.expect import Case, fail, ok, skip
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT809"


def ruled() -> World:
    home = injected()
    home.world.firewall_rule(home.server, "office", "203.0.113.1", "203.0.113.9")
    return home.world


def rules_unread() -> World:
    home = injected()
    home.world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return home.world


CASES: list[Case] = [
    ("none", lambda: injected().world, ok),
    ("near miss: not read, and without effect anyway", rules_unread, ok),
    ("near miss: on a public server they count", lambda: public()[0], skip),
    ("R30 a rule on an injected server", ruled, fail("info", says="office")),
]
