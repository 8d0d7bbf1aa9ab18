from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT815"


def _ruled(start: str, end: str) -> World:
    world, server = public()
    world.firewall_rule(server, "second", start, end)
    return world


def rules_unread() -> World:
    world = World()
    world.public_server("psql-web")
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("apart", lambda: _ruled("198.51.100.1", "198.51.100.9"), ok),
    ("near miss: overlapping", lambda: _ruled("203.0.113.15", "203.0.113.25"), ok),
    ("near miss: the rule for Azure is no range", lambda: _ruled("0.0.0.0", "0.0.0.0"), ok),
    (
        "inside",
        lambda: _ruled("203.0.113.11", "203.0.113.12"),
        fail("info", says="rule second", cause="second"),
    ),
    (
        "around",
        lambda: _ruled("203.0.113.1", "203.0.113.200"),
        fail("info", says="rule office", cause="office"),
    ),
    ("equal", lambda: _ruled("203.0.113.10", "203.0.113.20"), fail("info", cause="second")),
    ("rules not read", rules_unread, unknown("firewall rules")),
]
