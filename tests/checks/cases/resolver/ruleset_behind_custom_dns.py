from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT208"


def _linked(*servers: str) -> World:
    made = hub()
    made.world.ruleset_link(made.ruleset, made.spoke)
    if servers:
        made.world.properties(made.spoke)["dhcpOptions"] = {"dnsServers": list(servers)}
    return made.world


def out_of_sight() -> World:
    world = _linked()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "vnet-data"))
    return world


def own_server() -> World:
    """A DNS server in the linked network itself: what it forwards to Azure meets the rules."""
    made = hub()
    made.world.ruleset_link(made.ruleset, made.network)
    made.world.properties(made.network)["dhcpOptions"] = {"dnsServers": ["10.0.9.4"]}
    place = made.world.subnet(made.network, "snet-dns", "10.0.9.0/24")
    made.world.nic("nic-dns", place, "10.0.9.4")
    return made.world


CASES: list[Case] = [
    ("Azure DNS", _linked, ok),
    ("near miss: Azure DNS, spelled out", lambda: _linked("168.63.129.16"), ok),
    ("near miss: no link", lambda: hub().world, skip),
    ("near miss: a DNS server of the network itself", own_server, ok),
    ("other servers", lambda: _linked("192.168.1.4"), fail("info", says="192.168.1.4")),
    ("the network is out of sight", out_of_sight, unknown("vnet-data")),
]
