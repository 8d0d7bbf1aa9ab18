from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import Home, injected
from tests.estates.world import World

CHECK = "PGT118"


def _asking(*servers: str) -> Home:
    home = injected()
    home.world.properties(home.network)["dhcpOptions"] = {"dnsServers": list(servers)}
    return home


def inbound_endpoint() -> World:
    home = _asking("10.1.8.4")
    place = home.world.subnet(home.network, "snet-dns", "10.1.8.0/28", delegation="dns")
    home.world.inbound(home.world.resolver("dnspr", home.network), place, "10.1.8.4")
    return home.world


def machine() -> World:
    home = _asking("10.1.9.4")
    place = home.world.subnet(home.network, "snet-dns", "10.1.9.0/24")
    home.world.nic("nic-dns", place, "10.1.9.4")
    return home.world


def endpoints_not_read() -> World:
    world = _asking("10.9.9.9").world
    world.unread("microsoft.network/dnsResolvers/inboundEndpoints")
    return world


CASES: list[Case] = [
    ("two", lambda: _asking("10.1.9.4", "10.1.9.5").world, ok),
    ("near miss: Azure DNS", lambda: _asking("168.63.129.16").world, ok),
    ("near miss: a resolver's inbound endpoint", inbound_endpoint, ok),
    ("near miss: none", lambda: injected().world, skip),
    ("a machine", machine, fail("info", says="10.1.9.4")),
    ("inbound endpoints not read", endpoints_not_read, unknown("an inbound endpoint")),
    ("the same one twice", lambda: _asking("10.9.9.9", "10.9.9.9").world, fail("info")),
]
