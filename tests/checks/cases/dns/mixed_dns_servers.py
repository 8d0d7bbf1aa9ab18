from tests.checks.expect import Case, fail, ok, skip
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT119"


def _asking(*servers: str) -> World:
    home = injected()
    home.world.properties(home.network)["dhcpOptions"] = {"dnsServers": list(servers)}
    return home.world


CASES: list[Case] = [
    ("others only", lambda: _asking("10.1.9.4", "10.1.9.5"), ok),
    ("near miss: Azure DNS alone", lambda: _asking("168.63.129.16"), ok),
    ("near miss: none", lambda: injected().world, skip),
    ("both", lambda: _asking("10.1.9.4", "168.63.129.16"), fail("warning", says="in that order")),
]
