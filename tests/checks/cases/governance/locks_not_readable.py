from tests.checks.expect import Case, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT004"


def _locks(read_here: bool) -> World:
    home = injected()
    home.world.unread("microsoft.authorization/locks")
    if read_here:
        home.world.read("microsoft.authorization/locks", "/".join(home.zone.split("/")[:3]))
    return home.world


def two_servers_one_subscription() -> World:
    world = _locks(read_here=False)
    network = next(row for row in world.rows if row["name"] == "vnet-data")
    subnet = network["properties"]["subnets"][0]["id"]
    zone = next(row["id"] for row in world.rows if row["type"].split("/")[-1] == "privatednszones")
    world.server("psql-second", subnet, zone)
    return world


CASES: list[Case] = [
    ("read everywhere", lambda: injected().world, ok),
    ("near miss: read where it matters", lambda: _locks(read_here=True), ok),
    ("near miss: no zone", lambda: public()[0], skip),
    ("R31 not read", lambda: _locks(read_here=False), unknown("locks")),
    ("told once per subscription", two_servers_one_subscription, unknown(count=1)),
]
