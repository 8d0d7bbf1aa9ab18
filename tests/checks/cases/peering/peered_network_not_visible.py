from tests.checks.expect import Case, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT512"


def visible() -> World:
    home = injected()
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.peer(home.network, app)
    return home.world


def not_visible() -> World:
    home = injected()
    app = home.world.vnet("vnet-far", "10.2.0.0/16")
    home.world.peering(home.network, app)
    home.world.remove(app)
    return home.world


def far_from_servers() -> World:
    world = injected().world
    a = world.vnet("vnet-a", "10.3.0.0/16")
    b = world.vnet("vnet-b", "10.4.0.0/16")
    world.peering(a, b)
    world.remove(b)
    return world


CASES: list[Case] = [
    ("visible", visible, ok),
    ("near miss: a network that has nothing to do with servers", far_from_servers, skip),
    ("P12 not visible", not_visible, unknown("not in the data")),
]
