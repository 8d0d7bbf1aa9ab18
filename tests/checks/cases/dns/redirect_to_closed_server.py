from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT125"
REDIRECT = {"resolutionPolicy": "NxDomainRedirect"}


def records_unread() -> World:
    home = reached(link_props=REDIRECT, has_group=False)
    home.world.remove(home.record)
    home.world.unread("microsoft.network/privateDnsZones/A")
    return home.world


CASES: list[Case] = [
    ("the server is open", lambda: reached(access="Enabled", link_props=REDIRECT).world, ok),
    ("near miss: the default policy", lambda: reached().world, skip),
    ("the server is closed", lambda: reached(link_props=REDIRECT).world, fail("warning")),
    (
        "only a record tells",
        lambda: reached(link_props=REDIRECT, has_group=False).world,
        fail("warning", says="psql-shop"),
    ),
    ("records not read", records_unread, unknown("records")),
]
