from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT307"


def _pair(*rules: dict[str, object]) -> World:
    home = injected()
    world = home.world
    network = world.vnet("vnet-north", "10.8.0.0/16", location="northeurope")
    group = world.nsg("nsg-replica", *rules, location="northeurope")
    subnet = world.subnet(network, "snet-pg", "10.8.1.0/27", delegation="pg", nsg=group)
    world.peer(home.network, network)
    world.link(home.zone, network)
    world.replica("psql-orders-r", home.server, subnet, home.zone, role="GeoAsyncReplica")
    return world


def primary_out_of_sight() -> World:
    home = injected()
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone)
    home.world.remove(home.server)
    return home.world


OUT = rule("deny-out", 4000, "Deny", "Outbound", ports="5432")
IN = rule("deny-in", 4000, "Deny", "Inbound", ports="5432")
CASES: list[Case] = [
    ("default rules", _pair, ok),
    (
        "R18 near miss: allowed above the deny",
        lambda: _pair(rule("pg", 100, "Allow", src="10.1.1.0/27", ports="5432"), IN),
        ok,
    ),
    ("near miss: no replica", lambda: injected().world, skip),
    ("R18 denied in", lambda: _pair(IN), fail("error", says="deny-in", cause="nsg-replica")),
    ("R18 denied out", lambda: _pair(OUT), fail("error", says="deny-out")),
    ("R18 denied both ways", lambda: _pair(IN, OUT), fail("error", count=2)),
    ("the primary is out of sight", primary_out_of_sight, unknown("psql-orders")),
]
