from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT811"


def _set(name: str, value: str) -> World:
    home = injected()
    home.world.parameter(home.server, name, value)
    return home.world


def parameters_unread() -> World:
    home = injected()
    home.world.unread("microsoft.dbforpostgresql/flexibleServers/configurations")
    return home.world


CASES: list[Case] = [
    ("on", lambda: _set("require_secure_transport", "on"), ok),
    ("near miss: not listed means the default", lambda: injected().world, ok),
    ("near miss: another parameter is off", lambda: _set("log_connections", "off"), ok),
    ("R03 off", lambda: _set("require_secure_transport", "OFF"), fail("error", says="OFF")),
    ("parameters not read", parameters_unread, unknown("server parameters")),
]
