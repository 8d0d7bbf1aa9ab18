from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT102"


def _without_zone(read: bool) -> World:
    home = injected()
    home.world.remove(home.zone)
    if not read:
        home.world.unread("microsoft.network/privateDnsZones")
    return home.world


def other_case() -> World:
    home = injected()
    home.world.properties(home.server)["network"]["privateDnsZoneArmResourceId"] = home.zone.upper()
    return home.world


def not_a_zone() -> World:
    home = injected()
    home.world.properties(home.server)["network"]["privateDnsZoneArmResourceId"] = home.network
    return home.world


def no_zone() -> World:
    home = injected()
    del home.world.properties(home.server)["network"]["privateDnsZoneArmResourceId"]
    return home.world


CASES: list[Case] = [
    ("there", lambda: injected().world, ok),
    ("near miss: in other letters", other_case, ok),
    ("near miss: no zone is another fault", no_zone, skip),
    (
        "R19 read and not there",
        lambda: _without_zone(read=True),
        fail("warning", certainty="likely", says="orders.private"),
    ),
    ("R19 the id of something else", not_a_zone, fail("warning", says="not the id of a zone")),
    ("R21 out of the visible scope", lambda: _without_zone(read=False), unknown("not read")),
]
