from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT801"


def _ruled(*ranges: tuple[str, str], access: str = "Enabled") -> World:
    world, server = public(access=access)
    for number, (start, end) in enumerate(ranges):
        world.firewall_rule(server, f"rule{number}", start, end)
    return world


def rules_unread() -> World:
    world = World()
    world.public_server("psql-web")
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


def private_endpoint_only() -> World:
    world = _ruled(("0.0.0.0", "255.255.255.255"), access="Disabled")
    subnet = world.subnet(world.vnet("vnet-app", "10.2.0.0/16"), "snet-pe", "10.2.1.0/24")
    world.endpoint("pe", subnet, world.rows[0]["id"], "10.2.1.4")
    return world


CASES: list[Case] = [
    ("a narrow rule", lambda: public()[0], ok),
    ("near miss: the rule for Azure services", lambda: _ruled(("0.0.0.0", "0.0.0.0")), ok),
    ("near miss: half of the internet", lambda: _ruled(("0.0.0.0", "127.255.255.255")), ok),
    ("near miss: public access is off", private_endpoint_only, skip),
    (
        "everyone",
        lambda: _ruled(("0.0.0.0", "255.255.255.255")),
        fail("error", says="rule0", cause="firewallrules/rule0"),
    ),
    (
        "twice",
        lambda: _ruled(("0.0.0.0", "255.255.255.255"), ("0.0.0.0", "255.255.255.255")),
        fail("error", count=2),
    ),
    ("R32 rules not read", rules_unread, unknown("firewall rules")),
]
