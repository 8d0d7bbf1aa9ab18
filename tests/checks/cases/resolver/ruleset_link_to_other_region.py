from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT205"


def _linked(region: str) -> World:
    made = hub()
    far = made.world.vnet("vnet-far", "10.9.0.0/16", location=region)
    made.world.ruleset_link(made.ruleset, far)
    return made.world


def out_of_sight() -> World:
    made = hub()
    far = made.world.vnet("vnet-far", "10.9.0.0/16")
    made.world.ruleset_link(made.ruleset, far)
    made.world.remove(far)
    return made.world


CASES: list[Case] = [
    ("one region", lambda: _linked("westeurope"), ok),
    ("near miss: spelled with blanks", lambda: _linked("West Europe"), ok),
    ("near miss: no link", lambda: hub().world, skip),
    ("another region", lambda: _linked("eastus"), fail("error", says="eastus")),
    ("the network is out of sight", out_of_sight, unknown("vnet-far")),
]
