from typing import Any

from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.spokes import FIREWALL, endpoint_spoke
from tests.estates.world import World, network_rule, route

CHECK = "PGT911"


def _inspected(
    prefix: str = "10.2.5.4/32", snat: list[str] | None = None, is_declared: bool = False
) -> World:
    world = World()
    table = world.route_table("rt-web", route("inspect", prefix, "VirtualAppliance", FIREWALL))
    made = endpoint_spoke(world=world, route_table=table, is_declared=is_declared)
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    place = world.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26")
    props: dict[str, Any] = {} if snat is None else {"snat": snat}
    policy = world.firewall_policy("afwp", **props)
    world.rule_collections(policy, "rcg", network_rule("pg", ["10.0.0.0/8"], ["10.0.0.0/8"]))
    world.azure_firewall("afw", place, FIREWALL, policy)
    for network in (made.network, made.home):
        flags = {"allowForwardedTraffic": True}
        world.peer(network, hub, flags, flags)
    return world


def table_out_of_sight() -> World:
    world = _inspected()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-web"))
    return world


CASES: list[Case] = [
    ("by the peering", lambda: endpoint_spoke().world, ok),
    ("near miss: the default route never takes it", lambda: _inspected("0.0.0.0/0"), ok),
    ("near miss: the firewall translates", lambda: _inspected(snat=["255.255.255.255/32"]), ok),
    (
        "through a firewall that does not translate",
        _inspected,
        fail("warning", certainty="likely", says="psql-shop"),
    ),
    (
        "the same, declared",
        lambda: _inspected(is_declared=True),
        fail("warning", certainty="likely", says="client vnet-web/snet-web"),
    ),
    ("the client's table is out of sight", table_out_of_sight, unknown("psql-shop")),
]
