from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public, reached
from tests.estates.world import World

CHECK = "PGT803"


def no_rule() -> World:
    world = World()
    world.public_server("psql-web")
    return world


def endpoint_only() -> World:
    return reached(access="Enabled").world


def rules_unread() -> World:
    world = no_rule()
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("a rule", lambda: public()[0], ok),
    ("near miss: no rule, but an endpoint", endpoint_only, ok),
    ("near miss: injected servers have no firewall", lambda: injected().world, skip),
    ("R32 no rule", no_rule, fail("warning", says="nobody can connect", cause="psql-web")),
    ("rules not read", rules_unread, unknown("firewall rules")),
]
