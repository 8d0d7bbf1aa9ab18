from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import spoke, through_hub
from tests.estates.world import World

CHECK = "PGT513"


def stranger() -> World:
    return spoke(is_peered=False, is_linked=False).world


def by_resolver() -> World:
    made = spoke(is_peered=False, is_linked=False, dns=("10.4.1.4",))
    world = made.world
    identity = world.vnet("vnet-identity", "10.4.0.0/16")
    place = world.subnet(identity, "snet-dc", "10.4.1.0/24")
    world.vm("vm-dc", world.nic("nic-dc", place, "10.4.1.4"))
    world.link(made.zone, identity)
    world.peer(made.network, identity)
    return world


def disconnected() -> World:
    made = spoke(is_peered=False)
    made.world.peering(made.network, made.server_network, state="Disconnected")
    return made.world


def connectivity_not_read() -> World:
    world = spoke(is_peered=False).world
    world.unread("microsoft.network/effectiveconnectivityconfigurations")
    return world


CASES: list[Case] = [
    ("linked and peered", lambda: spoke().world, ok),
    ("near miss: through a hub", lambda: through_hub().spoke.world, ok),
    ("near miss: a peering that is down", disconnected, ok),
    (
        "near miss: neither linked nor peered",
        lambda: spoke(is_peered=False, is_linked=False).world,
        skip,
    ),
    (
        "R06 linked but not peered",
        lambda: spoke(is_peered=False).world,
        fail("warning", certainty="likely", says="no peering leads to", cause="vnet-app"),
    ),
    (
        "linked but not peered, declared",
        lambda: spoke(is_peered=False, is_declared=True).world,
        fail("warning", says="client vnet-app/snet-app"),
    ),
    (
        "by its resolver, and the resolver's own network",
        by_resolver,
        fail("warning", 2, "likely"),
    ),
    ("connectivity not read", connectivity_not_read, unknown("psql-orders")),
]
