from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT802"


def _ruled(start: str, end: str) -> World:
    world, server = public()
    world.firewall_rule(server, "AllowAllAzureServicesAndResources_2024-5-1", start, end)
    return world


def rules_unread() -> World:
    world = World()
    world.public_server("psql-web")
    world.denied("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("a narrow rule", lambda: public()[0], ok),
    (
        "near miss: the rule for everyone is another fault",
        lambda: _ruled("0.0.0.0", "255.255.255.255"),
        ok,
    ),
    ("near miss: one address", lambda: _ruled("1.0.0.0", "1.0.0.0"), ok),
    (
        "R33 all of Azure",
        lambda: _ruled("0.0.0.0", "0.0.0.0"),
        fail("warning", says="other customers"),
    ),
    ("rules not read", rules_unread, unknown("may not read")),
]
