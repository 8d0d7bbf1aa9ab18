from tests.checks.expect import Case, ok, skip, unknown
from tests.checks.homes import Home, injected
from tests.estates.world import World

CHECK = "PGT117"


def _asking(*servers: str) -> Home:
    home = injected()
    home.world.properties(home.network)["dhcpOptions"] = {"dnsServers": list(servers)}
    return home


def with_machine() -> World:
    home = _asking("10.1.9.4")
    place = home.world.subnet(home.network, "snet-dns", "10.1.9.0/24")
    home.world.nic("nic-dns", place, "10.1.9.4")
    return home.world


def far_from_servers() -> World:
    world = injected().world
    world.vnet("vnet-other", "10.9.0.0/16", dns=["192.168.7.7"])
    return world


CASES: list[Case] = [
    ("a machine", with_machine, ok),
    ("near miss: Azure DNS itself", lambda: _asking("168.63.129.16").world, ok),
    ("near miss: no custom DNS server", lambda: injected().world, skip),
    ("near miss: a network that has nothing to do with servers", far_from_servers, skip),
    ("nobody", lambda: _asking("192.168.7.7").world, unknown("192.168.7.7")),
    ("two", lambda: _asking("192.168.7.7", "192.168.7.8").world, unknown(count=2)),
]
