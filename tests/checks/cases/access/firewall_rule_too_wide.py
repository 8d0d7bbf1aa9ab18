from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT807"


def _ruled(start: str, end: str) -> World:
    world, server = public()
    world.firewall_rule(server, "provider", start, end)
    return world


def rules_unread() -> World:
    world = World()
    world.public_server("psql-web")
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("narrow", lambda: public()[0], ok),
    ("near miss: exactly a /16", lambda: _ruled("20.1.0.0", "20.1.255.255"), ok),
    ("near miss: everyone is another fault", lambda: _ruled("0.0.0.0", "255.255.255.255"), ok),
    ("one more", lambda: _ruled("20.1.0.0", "20.2.0.0"), fail("warning", says="65,537")),
    ("rules not read", rules_unread, unknown("firewall rules")),
]
