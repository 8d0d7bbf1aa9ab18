from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT106"


def _linked(gone: bool, read: bool = True) -> World:
    home = injected()
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.link(home.zone, app)
    if gone:
        home.world.remove(app)
    if not read:
        home.world.unread("microsoft.network/virtualNetworks")
    return home.world


def zone_of_another_service() -> World:
    world = World()
    app = world.vnet("vnet-app", "10.2.0.0/16")
    world.link(world.zone("privatelink.blob.core.windows.net"), app)
    world.remove(app)
    return world


CASES: list[Case] = [
    ("there", lambda: _linked(gone=False), ok),
    ("near miss: there, though networks were not read in full", lambda: _linked(False, False), ok),
    ("near miss: a zone of another service", zone_of_another_service, skip),
    ("not there", lambda: _linked(gone=True), fail("warning", certainty="likely", says="vnet-app")),
    ("networks not read", lambda: _linked(gone=True, read=False), unknown("vnet-app")),
]
