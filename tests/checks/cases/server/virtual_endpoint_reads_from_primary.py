from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT708"


def _members(*members: str) -> World:
    home = injected()
    home.world.virtual_endpoint(home.server, "orders", members)
    return home.world


CASES: list[Case] = [
    ("a replica", lambda: _members("psql-orders-r"), ok),
    ("near miss: the primary beside a replica", lambda: _members("psql-orders", "psql-r"), ok),
    ("near miss: no virtual endpoint", lambda: injected().world, skip),
    ("the primary", lambda: _members("PSQL-Orders"), fail("warning", cause="orders")),
    ("no member", _members, unknown("no member")),
]
