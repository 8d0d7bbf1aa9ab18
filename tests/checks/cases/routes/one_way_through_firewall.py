from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.spokes import spoke, through_hub
from tests.estates.world import World

CHECK = "PGT411"


def table_out_of_sight() -> World:
    made = through_hub()
    made.spoke.world.remove(made.server_table)
    return made.spoke.world


CASES: list[Case] = [
    ("both ways through the firewall", lambda: through_hub().spoke.world, ok),
    ("near miss: neither way", lambda: spoke().world, ok),
    (
        "near miss: an appliance that may translate",
        lambda: through_hub(back=False, is_firewall=False).spoke.world,
        ok,
    ),
    (
        "there through the firewall, back past it",
        lambda: through_hub(back=False).spoke.world,
        fail("warning", certainty="likely", says="afw", cause="rt-back"),
    ),
    (
        "there past the firewall, back through it",
        lambda: through_hub(there=False).spoke.world,
        fail("warning", certainty="likely", says="afw", cause="rt-back"),
    ),
    (
        "one way, declared",
        lambda: through_hub(back=False, is_declared=True).spoke.world,
        fail("error", says="client vnet-app/snet-app"),
    ),
    ("the server's route table is out of sight", table_out_of_sight, unknown("psql-orders")),
]
