from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import CLIENT_RANGE, spoke
from tests.estates.world import World, rule

CHECK = "PGT301"


def _guarded(*rules: dict[str, Any], is_declared: bool = False, is_client: bool = True) -> World:
    world = World()
    group = world.nsg("nsg-pg", *rules)
    spoke(
        world=world,
        is_declared=is_declared,
        is_peered=is_client,
        is_linked=is_client,
        server={"nsg": group},
    )
    return world


def by_subnet() -> World:
    world = _guarded(rule("no-apps", 100, "Deny", src=CLIENT_RANGE, ports="5432"))
    network = next(row["id"] for row in world.rows if row["name"] == "vnet-app")
    world.subnet(network, "snet-other", "10.3.2.0/24")
    return world


def rules_out_of_sight() -> World:
    world = _guarded()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


DENY = rule("no-apps", 100, "Deny", src="10.3.0.0/16", ports="5432")
CASES: list[Case] = [
    ("the default rules admit peers", _guarded, ok),
    (
        "near miss: admitted above the deny",
        lambda: _guarded(rule("apps", 90, "Allow", src=CLIENT_RANGE, ports="5432"), DENY),
        ok,
    ),
    ("near miss: another port is denied", lambda: _guarded(rule("x", 100, "Deny", ports="22")), ok),
    (
        "near miss: who is denied is no client",
        lambda: _guarded(DENY, is_client=False),
        skip,
    ),
    (
        "a peered network is denied",
        lambda: _guarded(DENY),
        fail("warning", certainty="likely", says="no-apps", cause="nsg-pg"),
    ),
    (
        "a declared client is denied",
        lambda: _guarded(DENY, is_declared=True),
        fail("error", says="no-apps", cause="nsg-pg"),
    ),
    ("one of two subnets", by_subnet, fail("warning", certainty="likely", says="snet-app cannot")),
    ("the NSG is out of sight", rules_out_of_sight, unknown("psql-orders")),
]
