from collections.abc import Mapping

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.estates.world import World

CHECK = "PGT507"
USE = {"useRemoteGateways": True}
LEND = {"allowGatewayTransit": True}


def _spoke(*hubs: Mapping[str, object], own: bool = False) -> World:
    world = World()
    spoke = world.vnet("vnet-app", "10.1.0.0/16")
    for number, flags in enumerate(hubs):
        hub = world.vnet(f"vnet-hub{number}", f"10.{20 + number}.0.0/16")
        world.peer(spoke, hub, flags, LEND)
    if own:
        world.gateway("vgw-app", world.subnet(spoke, "GatewaySubnet", "10.1.0.0/27"))
    return world


def gateways_unread(place: str = "GatewaySubnet") -> World:
    world = _spoke(USE)
    spoke = next(row["id"] for row in world.rows if row["name"] == "vnet-app")
    world.subnet(spoke, place, "10.1.0.0/27")
    world.unread("microsoft.network/virtualNetworkGateways")
    return world


CASES: list[Case] = [
    ("one", lambda: _spoke(USE), ok),
    ("near miss: two peerings, one of them used", lambda: _spoke(USE, {}), ok),
    ("near miss: an own gateway and no remote one", lambda: _spoke({}, own=True), skip),
    ("two", lambda: _spoke(USE, USE), fail("error", says="2 peerings", cause="vnet-app")),
    ("beside an own gateway", lambda: _spoke(USE, own=True), fail("error", says="of its own")),
    ("near miss: no place for a gateway", lambda: gateways_unread("snet-app"), ok),
    ("gateways not read", gateways_unread, unknown("gateways")),
]
