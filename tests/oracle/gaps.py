"""What makes an estate hard to read: odd spelling, and kinds that nobody could read."""

from __future__ import annotations

from tests.estates.rows import Row
from tests.estates.world import World
from tests.oracle.chance import Chance
from tests.oracle.rows import (
    A_RECORDS,
    ADMIN,
    BALANCERS,
    FIREWALL_RULES,
    GROUPS,
    LINKS,
    MEMBERS,
    MESHES,
    NATS,
    NICS,
    NSGS,
    PUBLIC_IPS,
    RULES,
    RULESET_LINKS,
    RULESETS,
    TABLES,
)

GAPS: list[tuple[str, ...]] = [
    (NSGS,),
    (TABLES,),
    (NICS,),
    (BALANCERS,),
    (A_RECORDS,),
    (RULESETS, RULES, RULESET_LINKS),
    (FIREWALL_RULES,),
    (GROUPS,),
    (ADMIN,),
    (MESHES, MEMBERS),
    (PUBLIC_IPS,),
    (NATS,),
    (LINKS,),
]


def withhold(chance: Chance, world: World) -> list[str]:
    """Take away all rows of some kinds, and say that they could not be read."""
    gone: list[str] = []
    if chance.is_so(0.35):
        for kinds in chance.some(GAPS, 2):
            gone += deny(world, kinds)
    return gone


def deny(world: World, kinds: tuple[str, ...]) -> list[str]:
    """Take away all rows of these kinds and their coverage."""
    for kind in kinds:
        world.rows[:] = [row for row in world.rows if row["type"].lower() != kind]
        world.denied(kind)
    return list(kinds)


def respell(chance: Chance, world: World) -> None:
    """Write ids in references and rows in other letter cases, as Azure does."""
    if not chance.is_so(0.5):
        return
    for row in world.rows:
        _respell(chance, row["properties"])


def _respell(chance: Chance, value: object) -> None:
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and one.startswith("/subscriptions/"):
                value[key] = chance.cased(one)
            else:
                _respell(chance, one)
    elif isinstance(value, list):
        for one in value:
            _respell(chance, one)


__all__ = ["GAPS", "Row", "deny", "respell", "withhold"]
