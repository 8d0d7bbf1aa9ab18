from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT712"


def _pair(has_primary: bool = True, read: bool = True) -> World:
    home = injected()
    home.world.replica("psql-orders-r", home.server.upper(), home.subnet, home.zone)
    if not has_primary:
        home.world.remove(home.server)
    if not read:
        home.world.unread("microsoft.dbforpostgresql/flexibleServers")
    return home.world


CASES: list[Case] = [
    ("there", _pair, ok),
    ("near miss: there, though servers were not read in full", lambda: _pair(read=False), ok),
    ("near miss: no replica", lambda: injected().world, skip),
    ("not there", lambda: _pair(has_primary=False), fail("warning", certainty="likely")),
    ("not read", lambda: _pair(has_primary=False, read=False), unknown("PSQL-ORDERS")),
]
