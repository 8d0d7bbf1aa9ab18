"""An estate of any size as a stream of rows."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.estates.generator import hub as hub_rows
from tests.estates.generator import servers, spoke, templates
from tests.estates.generator.casing import Respeller
from tests.estates.generator.chance import Dice, Manifest
from tests.estates.generator.plan import BLOCKS, HubPlan, SpokePlan, hubs, spokes_of
from tests.estates.rows import Row
from tests.estates.world import World


def generate(
    spokes: int, seed: int, fault_rate: float = 0.02, manifest: Manifest | None = None
) -> Iterator[Row]:
    """The rows of an estate, hub by hub and spoke by spoke; the manifest fills as they come."""
    manifest = manifest if manifest is not None else Manifest()
    manifest.spokes, manifest.seed, manifest.fault_rate = spokes, seed, fault_rate
    respeller = Respeller(Random(f"case|{seed}"))
    for row in _rows(spokes, seed, Dice(seed, fault_rate, manifest)):
        manifest.rows[row["type"]] += 1
        yield respeller.row(row)
        manifest.respelled = respeller.changed


def _rows(spokes: int, seed: int, dice: Dice) -> Iterator[Row]:
    rule_sets = templates.make(seed)
    every_hub = hubs(spokes, seed)
    yield from _subscriptions(spokes, seed)
    for plan in every_hub:
        mine = spokes_of(plan, spokes)
        yield from hub_rows.rows(plan, mine, _neighbours(plan, every_hub), dice)
        for one in mine:
            world = spoke.start(one)
            spoke.add_network(world, one, dice, rule_sets)
            servers.add_servers(world, one, spokes, dice)
            yield from world.rows


def _neighbours(plan: HubPlan, every_hub: list[HubPlan]) -> list[HubPlan]:
    """The hubs that a hub is peered with: all of its island, where no ranges repeat."""
    island = plan.number // BLOCKS
    return [one for one in every_hub if one != plan and one.number // BLOCKS == island]


def _subscriptions(spokes: int, seed: int) -> Iterator[Row]:
    world = World(None)
    if spokes:
        world.subscription(HubPlan(0, seed).sub, "connectivity")
    known: set[str] = set()
    for number in range(spokes):
        sub = SpokePlan(number, seed).sub
        if sub not in known:
            known.add(sub)
            world.subscription(sub, f"landing-zone-{len(known):03d}")
    yield from world.rows
