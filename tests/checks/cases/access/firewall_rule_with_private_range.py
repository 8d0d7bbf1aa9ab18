from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT805"


def _ruled(start: str, end: str) -> World:
    world, server = public()
    world.firewall_rule(server, "vpn", start, end)
    return world


def rules_unread() -> World:
    world = World()
    world.public_server("psql-web")
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("public addresses", lambda: public()[0], ok),
    ("near miss: beside the private range", lambda: _ruled("172.1.0.0", "172.1.255.255"), ok),
    ("near miss: reaches beyond it", lambda: _ruled("10.0.0.0", "11.0.0.0"), ok),
    ("RFC 1918", lambda: _ruled("10.1.0.0", "10.1.255.255"), fail("warning", says="10.1.0.0")),
    ("carrier range", lambda: _ruled("100.64.0.1", "100.64.0.1"), fail("warning", says="vpn")),
    ("link-local", lambda: _ruled("169.254.0.0", "169.254.1.0"), fail("warning")),
    ("rules not read", rules_unread, unknown("firewall rules")),
]
