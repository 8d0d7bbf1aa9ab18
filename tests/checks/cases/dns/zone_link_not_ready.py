from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT105"


def completed() -> World:
    return injected().world


def other_spelling() -> World:
    home = injected()
    home.world.properties(home.link)["virtualNetworkLinkState"] = "completed"
    return home.world


def in_progress() -> World:
    home = injected()
    home.world.properties(home.link)["virtualNetworkLinkState"] = "InProgress"
    return home.world


def failed() -> World:
    home = injected()
    home.world.properties(home.link)["provisioningState"] = "Failed"
    return home.world


def stateless() -> World:
    home = injected()
    properties = home.world.properties(home.link)
    del properties["virtualNetworkLinkState"], properties["provisioningState"]
    return home.world


def unrelated_zone() -> World:
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    zone = world.zone("privatelink.blob.core.windows.net")
    world.link(zone, network, provisioningState="Failed")
    return world


CASES: list[Case] = [
    ("completed", completed, ok),
    ("near miss: the same word in lower case", other_spelling, ok),
    ("near miss: a zone of another service", unrelated_zone, skip),
    ("in progress", in_progress, fail("warning", says="InProgress")),
    ("failed", failed, fail("error", says="Failed", cause="link-vnet-data")),
    ("no state at all", stateless, unknown("states no state")),
]
