from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import SERVER_RANGE, spoke
from tests.estates.world import World, route

CHECK = "PGT417"


def _routed(*routes: dict[str, Any], **how: Any) -> World:
    world = World()
    table = world.route_table("rt-app", *routes)
    spoke(world=world, route_table=table, **how)
    return world


def beside() -> World:
    world = _routed(route("nowhere", SERVER_RANGE, "None"))
    network = next(row["id"] for row in world.rows if row["name"] == "vnet-app")
    world.subnet(network, "snet-other", "10.3.2.0/24")
    return world


def table_out_of_sight() -> World:
    world = _routed()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-app"))
    return world


NONE = route("nowhere", "10.1.0.0/16", "None")
CASES: list[Case] = [
    ("by the peering", _routed, ok),
    ("near miss: a wider route loses", lambda: _routed(route("x", "10.0.0.0/8", "None")), ok),
    ("near miss: linked without a path", lambda: _routed(is_peered=False), ok),
    (
        "near miss: what is routed away is no client",
        lambda: _routed(NONE, is_peered=False, is_linked=False),
        skip,
    ),
    (
        "R27 a route to None",
        lambda: _routed(NONE),
        fail("warning", certainty="likely", says="nowhere", cause="rt-app"),
    ),
    (
        "a route to the internet",
        lambda: _routed(route("out", "10.1.0.0/16", "Internet")),
        fail("warning", certainty="likely", says="out", cause="rt-app"),
    ),
    ("one of two subnets", beside, fail("warning", certainty="likely", says="snet-app cannot")),
    (
        "declared, with a route to None",
        lambda: _routed(NONE, is_declared=True),
        fail("error", says="client vnet-app/snet-app", cause="rt-app"),
    ),
    (
        "declared, without any route",
        lambda: _routed(is_declared=True, is_peered=False),
        fail("error", says="no peering leads to"),
    ),
    ("the table is out of sight", table_out_of_sight, unknown("psql-orders")),
]
