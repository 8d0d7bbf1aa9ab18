from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.estates.world import World

CHECK = "PGT005"


def _managed(name: str, *, both: bool = True, group: str = "mesh") -> World:
    world = World()
    a = world.vnet("vnet-a", "10.1.0.0/16")
    b = world.vnet("vnet-b", "10.2.0.0/16")
    world.connectivity(a)
    if both:
        world.connectivity(b, group=group)
    world.peering(a, b, name=name)
    return world


def hub_and_spoke() -> World:
    world = World()
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    spoke = world.vnet("vnet-spoke", "10.1.0.0/16")
    kind = {"topology": "HubAndSpoke", "group_connectivity": "None"}
    world.connectivity(spoke, "spokes", hub=hub, **kind)
    world.peering(spoke, hub, name="by-hand")
    return world


def unmanaged() -> World:
    world = World()
    a = world.vnet("vnet-a", "10.1.0.0/16")
    world.peer(a, world.vnet("vnet-b", "10.2.0.0/16"))
    return world


def other_end_unread() -> World:
    world = _managed("by-hand", both=False)
    world.unread("microsoft.network/effectiveConnectivityConfigurations")
    return world


CASES: list[Case] = [
    ("other groups", lambda: _managed("by-hand", group="other"), ok),
    ("near miss: made by the manager", lambda: _managed("ANM_0123456789"), skip),
    ("near miss: the other end is not managed", lambda: _managed("by-hand", both=False), ok),
    ("near miss: no manager", unmanaged, skip),
    ("one group", lambda: _managed("by-hand"), fail("info", says="by-hand", cause="by-hand")),
    ("hub and spoke", hub_and_spoke, fail("info")),
    ("the other end was not read", other_end_unread, unknown()),
]
