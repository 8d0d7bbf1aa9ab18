from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT122"


def _with(*rules: dict[str, object]) -> World:
    home = injected()
    group = home.world.nsg("nsg-app", *rules)
    home.world.subnet(home.network, "snet-app", "10.1.9.0/24", nsg=group)
    return home.world


def far_from_servers() -> World:
    world = injected().world
    group = world.nsg("nsg-other", DENY)
    world.subnet(world.vnet("vnet-other", "10.9.0.0/16"), "snet", "10.9.1.0/24", nsg=group)
    return world


def at_an_interface() -> World:
    home = injected()
    place = home.world.subnet(home.network, "snet-app", "10.1.9.0/24")
    home.world.nic("nic-app", place, "10.1.9.4", nsg=home.world.nsg("nsg-nic", DENY))
    return home.world


def group_out_of_sight() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-app"))
    return world


DENY = rule("no-dns", 100, "Deny", "Outbound", protocol="*", dst="AzurePlatformDNS")
ALL = rule("deny-all", 4096, "Deny", "Outbound", protocol="*")
ALLOW = rule("dns", 90, "Allow", "Outbound", protocol="*", dst="AzurePlatformDNS")
CASES: list[Case] = [
    ("no rule", _with, ok),
    ("near miss: deny-all does not reach it", lambda: _with(ALL), ok),
    ("near miss: an allow of the same tag stands above", lambda: _with(ALLOW, DENY), ok),
    ("near miss: a network that has nothing to do with servers", far_from_servers, skip),
    ("denied", lambda: _with(DENY), fail("error", says="no-dns", cause="no-dns")),
    ("denied at one interface", at_an_interface, fail("error", says="no-dns")),
    ("NSG out of sight", group_out_of_sight, unknown("nsg-app")),
]
