from tests.checks.expect import Case, fail, ok, skip
from tests.checks.homes import injected, reached
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


def of_an_endpoint() -> World:
    """The address of a private endpoint stays as it is when the server fails over."""
    home = reached()
    home.world.properties(home.record)["ttl"] = 3600
    return home.world


CASES: list[Case] = [
    ("as the service writes it", lambda: injected().world, ok),
    ("near miss: exactly five minutes", lambda: _ttl(300), ok),
    ("near miss: not stated", lambda: _ttl(None), ok),
    ("near miss: a zone of another kind", other_service, skip),
    ("near miss: the record of a private endpoint", of_an_endpoint, skip),
    ("an hour", lambda: _ttl(3600), fail("warning", says="3600")),
]
