from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.spokes import spoke
from tests.estates.world import World

CHECK = "PGT116"
CAUSE = "orders.private.postgres.database.azure.com"


def _asking(is_hub_linked: bool, is_declared: bool = False) -> World:
    made = spoke(dns=("10.4.1.4",), is_declared=is_declared)
    world = made.world
    identity = world.vnet("vnet-identity", "10.4.0.0/16")
    place = world.subnet(identity, "snet-dc", "10.4.1.0/24")
    world.vm("vm-dc", world.nic("nic-dc", place, "10.4.1.4"))
    world.peer(made.network, identity)
    if is_hub_linked:
        world.link(made.zone, identity)
    return world


def links_not_read() -> World:
    world = _asking(is_hub_linked=False)
    world.unread("microsoft.network/privatednszones/virtualnetworklinks")
    return world


CASES: list[Case] = [
    ("R24 DNS server in a linked network", lambda: _asking(is_hub_linked=True), ok),
    ("near miss: Azure DNS", lambda: spoke().world, ok),
    (
        "R24 DNS server in a network without link",
        lambda: _asking(is_hub_linked=False),
        fail("warning", certainty="likely", says="10.4.1.4", cause=CAUSE),
    ),
    (
        "the same, declared",
        lambda: _asking(is_hub_linked=False, is_declared=True),
        fail("error", says="client vnet-app/snet-app", cause=CAUSE),
    ),
    ("links not read", links_not_read, unknown()),
]
