from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import spoke
from tests.estates.world import World, rule

CHECK = "PGT306"


def _pooling(
    ports: str | list[str], value: str = "true", is_declared: bool = False, **server: Any
) -> World:
    world = World()
    group = world.nsg(
        "nsg-pg",
        rule("apps", 100, "Allow", src="10.3.0.0/16", ports=ports),
        rule("rest", 4000, "Deny"),
    )
    made = spoke(world=world, is_declared=is_declared, server={"nsg": group, **server})
    if value:
        world.parameter(made.server, "pgbouncer.enabled", value)
    return world


def parameters_not_read() -> World:
    world = _pooling("5432", value="")
    world.unread("microsoft.dbforpostgresql/flexibleservers/configurations")
    return world


CASES: list[Case] = [
    ("both ports admitted", lambda: _pooling(["5432", "6432"]), ok),
    ("near miss: PgBouncer is off", lambda: _pooling("5432", "false"), skip),
    ("near miss: 5432 is denied too", lambda: _pooling("443"), ok),
    ("near miss: Burstable", lambda: _pooling("5432", tier="Burstable"), skip),
    (
        "only 5432 admitted",
        lambda: _pooling("5432"),
        fail("warning", certainty="likely", says="rest", cause="nsg-pg"),
    ),
    ("the same, declared", lambda: _pooling("5432", is_declared=True), fail("warning")),
    ("parameters not read", parameters_not_read, unknown("parameters")),
]
