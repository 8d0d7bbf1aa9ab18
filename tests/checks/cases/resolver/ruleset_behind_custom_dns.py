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


CASES: list[Case] = [
    ("Azure DNS", _linked, ok),
    ("near miss: Azure DNS, spelled out", lambda: _linked("168.63.129.16"), ok),
    ("near miss: no link", lambda: hub().world, skip),
    ("other servers", lambda: _linked("192.168.1.4"), fail("info", says="192.168.1.4")),
    ("the network is out of sight", out_of_sight, unknown("vnet-data")),
]
