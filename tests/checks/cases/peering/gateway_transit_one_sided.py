from collections.abc import Mapping

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT506"
USE = {"useRemoteGateways": True}
LEND = {"allowGatewayTransit": True}


def _spoke(uses: Mapping[str, object], lends: Mapping[str, object], gateway: bool = True) -> World:
    home = injected()
    hub = home.world.vnet("vnet-hub", "10.0.0.0/16")
    if gateway:
        place = home.world.subnet(hub, "GatewaySubnet", "10.0.0.0/27")
        home.world.gateway("vgw", place)
    home.world.peer(home.network, hub, uses, lends)
    return home.world


def hub_unseen() -> World:
    world = _spoke(USE, LEND, gateway=False)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "vnet-hub"))
    return world


CASES: list[Case] = [
    ("lent and used", lambda: _spoke(USE, LEND), ok),
    ("near miss: neither lent nor used", lambda: _spoke({}, {}), skip),
    ("near miss: lent by a hub without gateway", lambda: _spoke({}, LEND, gateway=False), skip),
    (
        "used and not lent",
        lambda: _spoke(USE, {}),
        fail("error", says="does not allow", cause="peer-vnet-hub-to-vnet-data"),
    ),
    ("lent and not used", lambda: _spoke({}, LEND), fail("warning", certainty="likely")),
    ("the hub is not visible", hub_unseen, unknown("vnet-hub")),
]
