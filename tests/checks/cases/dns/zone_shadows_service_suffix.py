from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT109"


def _bare(linked: bool, read: bool = True) -> World:
    world = World()
    zone = world.zone("Postgres.Database.Azure.com")
    if linked:
        world.link(zone, world.vnet("vnet-app", "10.2.0.0/16"))
    if not read:
        world.unread("microsoft.network/privateDnsZones/virtualNetworkLinks")
    return world


CASES: list[Case] = [
    ("linked to nothing", lambda: _bare(linked=False), ok),
    ("near miss: a name below the suffix", lambda: injected().world, skip),
    ("linked", lambda: _bare(linked=True), fail("error", says="vnet-app")),
    ("linked, though links were not read in full", lambda: _bare(True, False), fail("error")),
    ("links not read", lambda: _bare(linked=False, read=False), unknown("links")),
]
