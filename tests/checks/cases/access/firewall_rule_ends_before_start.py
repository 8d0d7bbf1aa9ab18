from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT806"


def _ruled(start: str, end: str) -> World:
    world, server = public()
    world.firewall_rule(server, "office", start, end)
    return world


def rules_unread() -> World:
    world = World()
    world.public_server("psql-web")
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("upwards", lambda: public()[0], ok),
    ("near miss: one address", lambda: _ruled("203.0.113.5", "203.0.113.5"), ok),
    (
        "downwards",
        lambda: _ruled("203.0.113.9", "203.0.113.5"),
        fail("error", says="holds no address", cause="office"),
    ),
    ("R34 IPv6 is explained", lambda: _ruled("2001:db8::1", "2001:db8::9"), unknown("IPv4")),
    ("rules not read", rules_unread, unknown("firewall rules")),
]
