from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT608"


def _prefixes(**props: Any) -> World:
    return injected(subnet_props=props).world


def not_for_servers() -> World:
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    world.subnet(network, "snet-app", "10.2.1.0/24", "10.2.2.0/24")
    return world


def out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


ONE, TWO = "10.1.1.0/27", "10.1.2.0/27"
CASES: list[Case] = [
    ("one", lambda: injected().world, ok),
    ("near miss: one, in the plural field", lambda: _prefixes(addressPrefixes=[ONE]), ok),
    ("near miss: not for servers", not_for_servers, skip),
    ("two", lambda: _prefixes(addressPrefix=..., addressPrefixes=[ONE, TWO]), fail("warning")),
    (
        "two families",
        lambda: _prefixes(addressPrefix=..., addressPrefixes=[ONE, "fd00::/64"]),
        fail("warning", says="fd00::/64"),
    ),
    ("the subnet is out of sight", out_of_sight, unknown("snet-pg")),
]
