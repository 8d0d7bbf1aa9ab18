from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import public
from tests.checks.spokes import spoke
from tests.estates.world import World

CHECK = "PGT813"


def _asking(value: str, is_declared: bool = False) -> World:
    made = spoke(is_declared=is_declared)
    if value:
        made.world.parameter(made.server, "ssl_min_protocol_version", value)
    return made.world


def without_clients() -> World:
    world, server = public()
    world.parameter(server, "ssl_min_protocol_version", "TLSv1.3")
    return world


def parameters_not_read() -> World:
    world = _asking("")
    world.unread("microsoft.dbforpostgresql/flexibleservers/configurations")
    return world


CASES: list[Case] = [
    ("R03 TLS 1.2 admitted", lambda: _asking("TLSv1.2"), ok),
    ("near miss: no clients", without_clients, skip),
    ("near miss: not set", lambda: _asking(""), ok),
    ("R03 TLS 1.3 only", lambda: _asking("TLSv1.3"), fail("info", certainty="likely")),
    (
        "R03 TLS 1.3 only, declared",
        lambda: _asking("TLSv1.3", is_declared=True),
        fail("info", says="vnet-app/snet-app"),
    ),
    ("parameters not read", parameters_not_read, unknown("parameters")),
]
