from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT502"


def _networks() -> tuple[World, str, str]:
    home = injected()
    return home.world, home.world.vnet("vnet-app", "10.2.0.0/16"), home.network


def far_from_servers() -> World:
    world = injected().world
    a = world.vnet("vnet-a", "10.3.0.0/16")
    world.peering(a, world.vnet("vnet-b", "10.4.0.0/16"))
    return world


def both_halves() -> World:
    world, a, b = _networks()
    world.peer(a, b)
    return world


def other_case() -> World:
    world, a, b = _networks()
    world.peering(a, b.upper())
    world.peering(b, a)
    return world


def one_half() -> World:
    world, a, b = _networks()
    world.peering(a, b, state="Initiated")
    return world


def half_to_a_third() -> World:
    world, a, b = _networks()
    c = world.vnet("vnet-third", "10.3.0.0/16")
    world.peering(a, b)
    world.peer(b, c)
    return world


def other_tenant() -> World:
    world, a, b = _networks()
    world.peering(a, b)
    world.remove(b)
    return world


def other_subscription_unread() -> World:
    world, a, b = _networks()
    world.peering(a, b)
    world.remove(b)
    world.unread("microsoft.network/virtualNetworks")
    return world


CASES: list[Case] = [
    ("both halves", both_halves, ok),
    ("near miss: ids in other letters", other_case, ok),
    ("one half", one_half, fail("error", says="no other half in vnet-data")),
    ("the other network is peered, but with a third", half_to_a_third, fail("error")),
    ("the other end is not among the rows", other_tenant, unknown("vnet-data")),
    ("the other end was not read", other_subscription_unread, unknown("not read")),
    ("between networks without servers", far_from_servers, fail("info", says="vnet-a")),
]
