from tests.checks.expect import Case, fail, ok, unknown
from tests.estates.world import World

CHECK = "PGT501"


def _pair(**a_to_b: object) -> World:
    world = World()
    a = world.vnet("vnet-app", "10.1.0.0/16")
    b = world.vnet("vnet-data", "10.2.0.0/16")
    world.peer(a, b, a_to_b=a_to_b)
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
]
