from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT101"


def with_zone() -> World:
    return injected().world


def public_server_needs_none() -> World:
    return public()[0]


def without_zone() -> World:
    home = injected()
    del home.world.properties(home.server)["network"]["privateDnsZoneArmResourceId"]
    return home.world


def zone_of_another_subscription() -> World:
    home = injected()
    network = home.world.properties(home.server)["network"]
    network["privateDnsZoneArmResourceId"] = home.zone.replace("5b6a8f0e", "00000000")
    return home.world


def placeholder() -> World:
    home = injected()
    home.world.properties(home.server)["network"]["privateDnsZoneArmResourceId"] = "string"
    return home.world


def preview_body() -> World:
    home = injected()
    properties = home.world.properties(home.server)
    del properties["network"]
    properties["delegatedSubnetArguments"] = {"subnetArmResourceId": home.subnet}
    return home.world


CASES: list[Case] = [
    ("a zone is named", with_zone, ok),
    ("near miss: the zone is out of sight, but named", zone_of_another_subscription, ok),
    ("near miss: public servers need none", public_server_needs_none, skip),
    ("no zone", without_zone, fail("error", says="no private DNS zone", cause="psql-orders")),
    ("a placeholder where the zone belongs", placeholder, unknown()),
    ("a preview body has no place for it", preview_body, unknown("does not tell")),
]
