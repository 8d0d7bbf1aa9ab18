from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World

CHECK = "PGT906"


def _second(zone: str | None = None, grouped: bool = True) -> World:
    home = reached()
    network = home.world.vnet("vnet-branch", "10.3.0.0/16")
    subnet = home.world.subnet(network, "snet-pe", "10.3.5.0/24")
    second = home.world.endpoint("pe-branch", subnet, home.server, "10.3.5.4")
    if grouped:
        target = home.zone
        if zone:
            target = home.world.zone("privatelink.postgres.database.azure.com", rg=zone)
        home.world.zone_group(second, target)
    return home.world


def groups_unread() -> World:
    world = _second(grouped=False)
    world.unread("microsoft.network/privateEndpoints/privateDnsZoneGroups")
    return world


CASES: list[Case] = [
    ("a zone each", lambda: _second(zone="rg-branch"), ok),
    ("near miss: the second one has no group", lambda: _second(grouped=False), ok),
    ("near miss: one endpoint", lambda: reached().world, skip),
    ("one zone", _second, fail("warning", says="pe-branch")),
    ("groups not read", groups_unread, unknown("zone groups")),
]
