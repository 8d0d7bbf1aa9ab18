from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT503"


def _with_server(prefix: str = "10.1.1.0/27", **to_data: object) -> World:
    home = injected(prefix=prefix)
    app = home.world.vnet("vnet-app", "10.2.0.0/16")
    home.world.peer(app, home.network, a_to_b=to_data)
    return home.world


def _grown(subnet: str | None) -> World:
    world = _with_server()
    network = world.rows[0]["id"]
    world.properties(network)["addressSpace"]["addressPrefixes"].append("10.9.0.0/16")
    if subnet:
        world.subnet(network, "snet-new", subnet)
    return world


def not_connected_yet() -> World:
    return _with_server(peeringState="Initiated", peeringSyncLevel="RemoteNotInSync")


def far_end_unseen() -> World:
    world = World()
    app = world.vnet("vnet-app", "10.2.0.0/16")
    other = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
    world.peering(
        app,
        f"{other}/providers/Microsoft.Network/virtualNetworks/vnet-far",
        peeringSyncLevel=...,
        remoteAddressSpace=...,
        remoteVirtualNetworkAddressSpace=...,
    )
    return world


def far_from_servers() -> World:
    world = injected().world
    a = world.vnet("vnet-a", "10.3.0.0/16")
    world.peer(a, world.vnet("vnet-b", "10.4.0.0/16"), {"peeringSyncLevel": "RemoteNotInSync"})
    return world


CASES: list[Case] = [
    ("in sync", _with_server, ok),
    ("near miss: older bodies state no level", lambda: _with_server(peeringSyncLevel=...), ok),
    ("near miss: not connected is another fault", not_connected_yet, ok),
    ("a new range with subnets", lambda: _grown("10.9.1.0/24"), fail("error", says="10.9.0.0/16")),
    ("a new range that is still empty", lambda: _grown(None), fail("warning")),
    (
        "the level says so",
        lambda: _with_server(peeringSyncLevel="LocalNotInSync"),
        fail("warning", says="LocalNotInSync"),
    ),
    ("nothing stated and the far end unseen", far_end_unseen, unknown("neither")),
    ("between networks without servers", far_from_servers, fail("info", says="RemoteNotInSync")),
]
