from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, reached
from tests.estates.world import World

CHECK = "PGT111"


def _also(address: str, **props: Any) -> World:
    home = injected()
    home.world.a_record(home.zone, "abcdef012345", address, **props)
    return home.world


def one_of_two() -> World:
    """A record with an address of the servers' subnet and one of the subnet beside it."""
    home = injected()
    record = home.world.a_record(home.zone, "abcdef012345", "10.1.1.30")
    held = home.world.properties(record)["aRecords"]
    held.append({"ipv4Address": "10.1.2.9"})
    return home.world


def other_service() -> World:
    world = World()
    zone = world.zone("privatelink.blob.core.windows.net")
    world.a_record(zone, "store", "10.9.9.9")
    return world


def endpoints_not_read() -> World:
    world = _also("10.1.2.9")
    world.unread("microsoft.network/privateEndpoints")
    return world


CASES: list[Case] = [
    ("in the server's subnet", lambda: injected().world, ok),
    ("near miss: an endpoint's address", lambda: reached().world, ok),
    ("near miss: a free address of the subnet", lambda: _also("10.1.1.30"), ok),
    ("near miss: written by a machine", lambda: _also("10.1.2.9", isAutoRegistered=True), ok),
    ("near miss: a zone of another service", other_service, skip),
    ("elsewhere in the network", lambda: _also("10.1.2.9"), fail("info", says="10.1.2.9")),
    ("one address of two", one_of_two, fail("info", says="holds 10.1.2.9,")),
    ("private endpoints not read", endpoints_not_read, unknown("whether a private endpoint")),
    ("in no network of the data", lambda: _also("10.77.0.4"), unknown("10.77.0.4")),
]
