from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.spokes import spoke, through_hub
from tests.estates.world import World

CHECK = "PGT509"


def _apart(is_declared: bool = False, is_linked: bool = True) -> World:
    made = spoke(is_peered=False, is_declared=is_declared, is_linked=is_linked)
    hub = made.world.vnet("vnet-hub", "10.0.0.0/16")
    made.world.peer(made.network, hub)
    made.world.peer(made.server_network, hub)
    return made.world


def connectivity_not_read() -> World:
    world = _apart()
    world.unread("microsoft.network/effectiveconnectivityconfigurations")
    return world


CASES: list[Case] = [
    ("peered", lambda: spoke().world, ok),
    ("near miss: routes through the hub", lambda: through_hub().spoke.world, ok),
    ("near miss: no hub either", lambda: spoke(is_peered=False).world, ok),
    (
        "R27 two hops",
        _apart,
        fail("warning", certainty="likely", says="vnet-hub", cause="vnet-app"),
    ),
    (
        "R27 two hops, declared",
        lambda: _apart(is_declared=True, is_linked=False),
        fail("error", says="client vnet-app/snet-app"),
    ),
    ("connectivity not read", connectivity_not_read, unknown("psql-orders")),
]
