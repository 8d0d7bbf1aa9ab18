from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import SERVER_RANGE, spoke
from tests.estates.world import World, rule

CHECK = "PGT312"


def _leaving(*rules: dict[str, Any], is_declared: bool = False, is_client: bool = True) -> World:
    world = World()
    group = world.nsg("nsg-app", *rules)
    spoke(
        world=world,
        nsg=group,
        is_declared=is_declared,
        is_peered=is_client,
        is_linked=is_client,
    )
    return world


def denied_interface() -> World:
    made = spoke()
    group = made.world.nsg("nsg-nic", DENY)
    made.world.vm("vm-app", made.world.nic("nic-app", made.subnet, "10.3.1.4", nsg=group))
    made.world.declare("vm-app", "psql-orders")
    return made.world


def rules_out_of_sight() -> World:
    world = _leaving()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-app"))
    return world


DENY = rule("no-pg", 300, "Deny", "Outbound", dst=SERVER_RANGE, ports="5432")
CASES: list[Case] = [
    ("the default rules let peers out", _leaving, ok),
    (
        "near miss: inbound only",
        lambda: _leaving(rule("no-pg", 300, "Deny", "Inbound", ports="5432")),
        ok,
    ),
    ("near miss: who denies is no client", lambda: _leaving(DENY, is_client=False), skip),
    (
        "R15 denied outbound",
        lambda: _leaving(DENY),
        fail("warning", certainty="likely", says="no-pg", cause="nsg-app"),
    ),
    (
        "denied outbound, declared",
        lambda: _leaving(DENY, is_declared=True),
        fail("error", says="client vnet-app/snet-app", cause="nsg-app"),
    ),
    (
        "R15 denied at a declared machine's interface",
        denied_interface,
        fail("error", says="client vm-app", cause="nsg-nic"),
    ),
    ("the NSG is out of sight", rules_out_of_sight, unknown("psql-orders")),
]
