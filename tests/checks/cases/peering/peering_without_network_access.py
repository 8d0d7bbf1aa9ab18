from tests.checks.expect import Case, fail, ok
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT504"
OFF = {"allowVirtualNetworkAccess": False}


def _peered(here: dict[str, object], there: dict[str, object], *, is_linked: bool = False) -> World:
    home = injected()
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.subnet(app, "snet-app", "10.2.1.0/24")
    if is_linked:
        home.world.link(home.zone, app)
    home.world.peer(home.network, app, here, there)
    return home.world


def two_other_networks() -> World:
    world = _peered({}, {})
    a = world.vnet("vnet-a", "10.3.0.0/16")
    world.peer(a, world.vnet("vnet-b", "10.4.0.0/16"), OFF, {})
    return world


CASES: list[Case] = [
    ("on", lambda: _peered({}, {}), ok),
    (
        "near miss: not stated means on",
        lambda: _peered({"allowVirtualNetworkAccess": ...}, {}),
        ok,
    ),
    ("near miss: networks without servers", two_other_networks, ok),
    (
        "off here, where clients see the zone",
        lambda: _peered({**OFF}, {}, is_linked=True),
        fail("error", certainty="likely", says="vnet-app too"),
    ),
    (
        "G28 off there",
        lambda: _peered({}, {**OFF}, is_linked=True),
        fail("error", certainty="likely"),
    ),
    (
        "off, and nothing but the peering joins them",
        lambda: _peered({**OFF}, {}),
        fail("warning", certainty="likely"),
    ),
]
