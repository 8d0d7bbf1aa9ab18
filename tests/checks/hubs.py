"""A hub network with a DNS private resolver beside one injected server."""

from typing import NamedTuple

from tests.checks.homes import injected
from tests.estates.world import World


class Hub(NamedTuple):
    """A world with a resolver in a hub, and a spoke that holds one server."""

    world: World
    network: str
    """The hub."""
    endpoint: str
    """The resolver's inbound endpoint at 10.0.5.4."""
    ruleset: str
    spoke: str
    server_subnet: str
    zone: str


def hub() -> Hub:
    """A resolver with both endpoints and an empty ruleset; the spoke is peered with the hub."""
    home = injected()
    world = home.world
    network = world.vnet("vnet-hub", "10.0.0.0/16")
    inside = world.subnet(network, "snet-dns-in", "10.0.5.0/28", delegation="dns")
    outside = world.subnet(network, "snet-dns-out", "10.0.6.0/28", delegation="dns")
    resolver = world.resolver("dnspr", network)
    endpoint = world.inbound(resolver, inside, "10.0.5.4")
    ruleset = world.ruleset("rules", world.outbound(resolver, outside))
    world.peer(home.network, network)
    return Hub(world, network, endpoint, ruleset, home.network, home.subnet, home.zone)
