from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import public, reached
from tests.estates.world import World

CHECK = "PGT810"


def access_not_stated() -> World:
    home = reached()
    del home.world.properties(home.server)["network"]["publicNetworkAccess"]
    return home.world


CASES: list[Case] = [
    ("public access is off", lambda: reached().world, ok),
    ("near miss: no endpoint", lambda: public()[0], skip),
    (
        "near miss: the endpoint is not approved",
        lambda: reached(access="Enabled", status="Pending").world,
        skip,
    ),
    ("both", lambda: reached(access="Enabled").world, fail("warning", cause="psql-shop")),
    ("access not stated", access_not_stated, unknown("does not state")),
]
