from tests.checks.expect import Case, fail, ok
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT003"
OTHER = "00000000-0000-0000-0000-000000000009"


def _elsewhere(seen: bool) -> World:
    home = injected()
    zone = home.world.zone("stock.private.postgres.database.azure.com", sub=OTHER)
    home.world.properties(home.server)["network"]["privateDnsZoneArmResourceId"] = zone
    if not seen:
        home.world.remove(zone)
    return home.world


def gone_here() -> World:
    home = injected()
    home.world.remove(home.zone)
    return home.world


CASES: list[Case] = [
    ("in its own subscription", lambda: injected().world, ok),
    ("R21 near miss: elsewhere, but in sight", lambda: _elsewhere(seen=True), ok),
    ("near miss: out of sight in its own subscription", gone_here, ok),
    ("R21 elsewhere and out of sight", lambda: _elsewhere(seen=False), fail("info", says=OTHER)),
]
