from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT508"


def _networks(other: str) -> tuple[World, str, str]:
    home = injected()
    return home.world, home.network, home.world.vnet("vnet-b", other)


def far_from_servers() -> World:
    world = injected().world
    a = world.vnet("vnet-a", "10.3.0.0/16")
    world.peer(a, world.vnet("vnet-b", "10.3.9.0/24"))
    return world


def _peered(other: str) -> World:
    world, a, b = _networks(other)
    world.peer(a, b)
    return world


def not_peered() -> World:
    return _networks("10.1.0.0/16")[0]


def far_end_unseen(stated: bool) -> World:
    world, a, b = _networks("10.1.128.0/17")
    half = world.peering(a, b)
    world.remove(b)
    if not stated:
        for key in ("remoteAddressSpace", "remoteVirtualNetworkAddressSpace"):
            del world.properties(half)[key]
    return world


CASES: list[Case] = [
    ("apart", lambda: _peered("10.2.0.0/16"), ok),
    ("near miss: side by side", lambda: _peered("10.0.0.0/16"), ok),
    ("near miss: overlap without a peering", not_peered, skip),
    ("overlap is told once", lambda: _peered("10.1.128.0/17"), fail("error", says="10.1.128.0/17")),
    ("only the peering tells", lambda: far_end_unseen(stated=True), fail("error")),
    ("nothing tells", lambda: far_end_unseen(stated=False), unknown("not known")),
    ("between networks without servers", far_from_servers, fail("info", says="10.3.9.0/24")),
]
