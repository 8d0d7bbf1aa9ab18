from typing import Any

from tests.checks.expect import Case, fail, ok, skip
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT113"


def _linked(domain: str, **props: Any) -> World:
    home = injected()
    zone = home.world.zone(domain)
    home.world.link(zone, home.world.vnet("vnet-app", "10.2.0.0/16"), **props)
    return home.world


def only_internal() -> World:
    world = World()
    zone = world.zone("contoso.internal")
    world.link(zone, world.vnet("vnet-app", "10.2.0.0/16"), registrationEnabled=True)
    return world


ZONE = "stock.postgres.database.azure.com"
CASES: list[Case] = [
    ("resolution only", lambda: _linked(ZONE), ok),
    ("near miss: not stated", lambda: _linked(ZONE, registrationEnabled=...), ok),
    ("near miss: a zone for machines", only_internal, skip),
    ("registration", lambda: _linked(ZONE, registrationEnabled=True), fail("warning")),
]
