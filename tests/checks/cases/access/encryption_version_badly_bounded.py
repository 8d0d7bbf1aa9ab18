from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT812"


def _set(**values: str) -> World:
    home = injected()
    for name, value in values.items():
        home.world.parameter(home.server, name, value)
    return home.world


def parameters_unread() -> World:
    home = injected()
    home.world.unread("microsoft.dbforpostgresql/flexibleServers/configurations")
    return home.world


CASES: list[Case] = [
    ("1.3 and no upper bound", lambda: _set(ssl_min_protocol_version="TLSv1.3"), ok),
    ("near miss: exactly 1.2", lambda: _set(ssl_min_protocol_version="TLSv1.2"), ok),
    ("near miss: an empty upper bound", lambda: _set(ssl_max_protocol_version=""), ok),
    ("R03 below 1.2", lambda: _set(ssl_min_protocol_version="TLSv1.1"), fail("warning")),
    (
        "R03 an upper bound",
        lambda: _set(ssl_max_protocol_version="TLSv1.2"),
        fail("warning", says="ends at TLSv1.2"),
    ),
    ("parameters not read", parameters_unread, unknown("server parameters")),
]
