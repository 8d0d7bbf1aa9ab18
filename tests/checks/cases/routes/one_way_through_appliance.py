from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.spokes import spoke, through_hub
from tests.estates.world import World

CHECK = "PGT412"


def owner_not_read() -> World:
    made = through_hub(back=False, is_firewall=False)
    world = made.spoke.world
    for name in ("vm-nva", "nic-nva"):
        world.remove(next(row["id"] for row in world.rows if row["name"] == name))
    world.unread("microsoft.network/networkinterfaces")
    return world


CASES: list[Case] = [
    ("both ways through", lambda: through_hub(is_firewall=False).spoke.world, ok),
    ("near miss: neither way", lambda: spoke().world, ok),
    ("near miss: a firewall", lambda: through_hub(back=False).spoke.world, ok),
    (
        "one way only",
        lambda: through_hub(back=False, is_firewall=False).spoke.world,
        fail("warning", certainty="likely", says="may not be able to reach"),
    ),
    (
        "one way only, declared",
        lambda: through_hub(back=False, is_firewall=False, is_declared=True).spoke.world,
        fail("warning", certainty="likely", says="client vnet-app/snet-app"),
    ),
    ("what stands there was not read", owner_not_read, unknown("psql-orders")),
]
