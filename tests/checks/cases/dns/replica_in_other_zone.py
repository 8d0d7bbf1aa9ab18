from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT128"


def _pair(both: bool = True, read: bool = True) -> World:
    home = injected()
    world = home.world
    other = world.zone("orders-north.private.postgres.database.azure.com")
    app = world.vnet("vnet-app", "10.2.0.0/16")
    world.link(home.zone, app)
    for network in (home.network, app) if both else (home.network,):
        world.link(other, network)
    world.replica("psql-orders-r", home.server, home.subnet, other)
    if not read:
        world.unread("microsoft.network/privateDnsZones/virtualNetworkLinks")
    return world


def one_zone() -> World:
    home = injected()
    home.world.link(home.zone, home.world.vnet("vnet-app", "10.2.0.0/16"))
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone)
    return home.world


CASES: list[Case] = [
    ("every network sees both", _pair, ok),
    ("near miss: one zone for both", one_zone, skip),
    ("near miss: no replica", lambda: injected().world, skip),
    (
        "R29 one network sees one of them only",
        lambda: _pair(both=False),
        fail("warning", says="vnet-app"),
    ),
    ("links not read", lambda: _pair(read=False), unknown("links")),
]
