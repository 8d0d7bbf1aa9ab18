from tests.checks.expect import Case, fail, ok
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT511"


def _peered(**flags: object) -> World:
    home = injected()
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.peer(app, home.network, flags)
    return home.world


def two_other_networks() -> World:
    world = _peered()
    a = world.vnet("vnet-a", "10.3.0.0/16")
    b = world.vnet("vnet-b", "10.4.0.0/16")
    world.peer(a, b, {"enableOnlyIPv6Peering": True})
    return world


CASES: list[Case] = [
    ("no flag", _peered, ok),
    ("near miss: the flag is false", lambda: _peered(enableOnlyIPv6Peering=False), ok),
    ("near miss: networks without servers", two_other_networks, ok),
    ("IPv6 only", lambda: _peered(enableOnlyIPv6Peering=True), fail("error", says="IPv6 only")),
]
