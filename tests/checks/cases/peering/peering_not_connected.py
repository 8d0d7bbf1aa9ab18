from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT501"


def _pair(**a_to_b: object) -> World:
    home = injected()
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.peer(app, home.network, a_to_b=a_to_b)
    return home.world


def far_from_servers() -> World:
    world = injected().world
    a = world.vnet("vnet-a", "10.3.0.0/16")
    world.peer(a, world.vnet("vnet-b", "10.4.0.0/16"), a_to_b={"peeringState": "Disconnected"})
    return world


CASES: list[Case] = [
    ("both halves Connected", _pair, ok),
    ("near miss: other letters", lambda: _pair(peeringState="connected"), ok),
    (
        "near miss: a network that is Failed still carries traffic",
        lambda: _pair(provisioningState="Failed"),
        ok,
    ),
    (
        "Initiated although the other half is Connected",
        lambda: _pair(peeringState="Initiated"),
        fail("error", says="Initiated", cause="peer-vnet-app-to-vnet-data"),
    ),
    ("Disconnected", lambda: _pair(peeringState="Disconnected"), fail("error")),
    ("no state", lambda: _pair(peeringState=...), unknown("no peeringState")),
    ("between networks without servers", far_from_servers, fail("info", says="vnet-a")),
]
