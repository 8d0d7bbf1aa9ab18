from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import public
from tests.estates.world import World

CHECK = "PGT808"


def _leaving(address: str, is_declared: bool = True, has_nat: bool = True) -> World:
    world, _ = public()
    nat = world.nat("nat-app", world.public_ip("pip-app", address)) if has_nat else None
    network = world.vnet("vnet-app", "10.3.0.0/16")
    world.subnet(network, "snet-app", "10.3.1.0/24", nat=nat)
    if is_declared:
        world.declare("vnet-app/snet-app", "psql-web")
    return world


def rules_not_read() -> World:
    world = _leaving("203.0.113.30")
    kind = "microsoft.dbforpostgresql/flexibleservers/firewallrules"
    world.rows = [row for row in world.rows if row["type"] != kind]
    world.unread(kind)
    return world


def from_the_internet() -> World:
    world, _ = public()
    world.declare("internet:198.51.100.7", "psql-web")
    return world


CASES: list[Case] = [
    ("R32 admitted", lambda: _leaving("203.0.113.15"), ok),
    ("near miss: the last address of the rule", lambda: _leaving("203.0.113.20"), ok),
    ("near miss: nobody is declared", lambda: _leaving("203.0.113.30", is_declared=False), skip),
    ("R32 not admitted", lambda: _leaving("203.0.113.30"), fail("error", says="203.0.113.30")),
    ("an address of the internet", from_the_internet, fail("error", says="198.51.100.7")),
    ("rules not read", rules_not_read, unknown("psql-web")),
    ("egress not known", lambda: _leaving("", has_nat=False), unknown("psql-web")),
]
