from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT904"


def without_record(*unread: str) -> World:
    home = reached(has_group=False)
    home.world.remove(home.record)
    home.world.unread(*unread)
    return home.world


def zone_without_link() -> World:
    home = reached(has_group=False)
    home.world.remove(home.link)
    return home.world


def zones_of_one_subscription() -> World:
    home = reached(has_group=False)
    home.world.remove(home.record)
    home.world.unread("microsoft.network/privateDnsZones")
    scope = "/".join(home.zone.split("/")[:3])
    home.world.read("microsoft.network/privateDnsZones", scope)
    return home.world


def address_not_visible() -> World:
    home = reached(has_group=False)
    home.world.remove(home.record)
    home.world.properties(home.endpoint)["customDnsConfigs"] = []
    home.world.properties(home.endpoint)["networkInterfaces"] = []
    return home.world


def record_of_another_name() -> World:
    """Another server's record holds the same address, in a zone of a network far away."""
    home = reached(has_group=False)
    home.world.remove(home.record)
    home.world.a_record(home.zone, "psql-other", "10.2.5.4")
    return home.world


CASES: list[Case] = [
    ("a zone group", lambda: reached().world, ok),
    ("near miss: a record kept by hand", lambda: reached(has_group=False).world, ok),
    ("near miss: not approved", lambda: reached(has_group=False, status="Pending").world, skip),
    ("neither", without_record, fail("error", says="10.2.5.4", cause="pe-shop")),
    ("the address under another name", record_of_another_name, fail("error", says="10.2.5.4")),
    ("a record in a zone without links", zone_without_link, fail("error")),
    (
        "other subscriptions unseen",
        zones_of_one_subscription,
        fail("error", certainty="likely"),
    ),
    (
        "zone groups not read",
        lambda: without_record("microsoft.network/privateEndpoints/privateDnsZoneGroups"),
        unknown("zone groups"),
    ),
    (
        "records not read",
        lambda: without_record("microsoft.network/privateDnsZones/A"),
        unknown("DNS records"),
    ),
    (
        "zones not read",
        lambda: without_record("microsoft.network/privateDnsZones"),
        unknown("not read"),
    ),
    ("its address is not visible", address_not_visible, unknown("not visible")),
]
