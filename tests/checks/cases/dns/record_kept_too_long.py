from tests.checks.expect import Case, fail, ok, skip
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT126"


def _ttl(seconds: object) -> World:
    home = injected()
    home.world.properties(home.record)["ttl"] = seconds
    return home.world


def other_service() -> World:
    world = World()
    world.a_record(world.zone("contoso.internal"), "web", "10.1.1.4", ttl=3600)
    return world


CASES: list[Case] = [
    ("as the service writes it", lambda: injected().world, ok),
    ("near miss: exactly five minutes", lambda: _ttl(300), ok),
    ("near miss: not stated", lambda: _ttl(None), ok),
    ("near miss: a zone of another kind", other_service, skip),
    ("an hour", lambda: _ttl(3600), fail("warning", says="3600")),
]
