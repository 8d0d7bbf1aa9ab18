from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT603"


def exactly_28() -> World:
    return injected(prefix="10.1.1.0/28").world


def small_but_not_for_servers() -> World:
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    world.subnet(network, "snet-tiny", "10.2.1.0/29")
    return world


def delegated_but_empty() -> World:
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    world.subnet(network, "snet-later", "10.2.1.0/29", delegation="pg")
    return world


def slash_29() -> World:
    return injected(prefix="10.1.1.0/29").world


def no_prefix() -> World:
    return injected(subnet_props={"addressPrefix": ...}).world


CASES: list[Case] = [
    ("roomy", lambda: injected().world, ok),
    ("R11 near miss: exactly a /28", exactly_28, ok),
    ("near miss: small, but not for servers", small_but_not_for_servers, skip),
    ("R11 a /29 with a server", slash_29, fail("error", says="8 addresses")),
    ("R11 a /29 that waits for servers", delegated_but_empty, fail("error", cause="snet-later")),
    ("no prefix to read", no_prefix, unknown("no address prefix")),
]
