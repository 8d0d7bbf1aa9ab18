"""Laws of filters along whole paths."""

from __future__ import annotations

import copy

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.verdict import Verdict
from tests.estates.rows import child, rule
from tests.estates.world import World
from tests.oracle.estates import random_estate
from tests.oracle.rows import NSGS
from tests.thorough import some

Cells = dict[tuple[str, str], Verdict]


def _networks(world: World) -> Cells:
    """The network verdict of every client subnet and server."""
    found = matrix(Facts(world.topology()))
    return {
        (client.id, server.id): cell.network
        for client, row in zip(found.clients, found.rows(), strict=True)
        for server, cell in zip(found.servers, row, strict=True)
    }


def _topped(world: World, access: str) -> World:
    """The world with one rule for everything above all others, in every security group."""
    changed = copy.deepcopy(world)
    for row in changed.rows:
        if row["type"].lower() == NSGS:
            for direction in ("Inbound", "Outbound"):
                made = rule(f"top-{direction}", 1, access, direction, "*")
                nested = child(row["id"], "securityRules", made["name"], made["properties"])
                row["properties"]["securityRules"].append(nested)
    return changed


@pytest.mark.parametrize("first", some(range(6000, 6040, 10), 2))
def test_allow_above_all_blocks_nobody(first: int) -> None:
    for seed in range(first, first + 10):
        world = random_estate(seed).world
        before, after = _networks(world), _networks(_topped(world, "Allow"))
        turned = [k for k in before if before[k] is Verdict.ALLOWED and after[k] is not before[k]]
        newly = [k for k in before if after[k] is Verdict.BLOCKED and before[k] is not after[k]]
        newly = [k for k in newly if before[k] is not Verdict.MIXED]
        assert not turned, f"seed {seed}"
        assert not newly, f"seed {seed}"


@pytest.mark.parametrize("first", some(range(6100, 6140, 10), 2))
def test_deny_above_all_opens_for_nobody(first: int) -> None:
    for seed in range(first, first + 10):
        world = random_estate(seed).world
        before, after = _networks(world), _networks(_topped(world, "Deny"))
        opened = [k for k in before if after[k] is Verdict.ALLOWED and before[k] is not after[k]]
        settled = [k for k in before if before[k] is Verdict.BLOCKED and after[k] is not before[k]]
        assert not opened, f"seed {seed}"
        assert not settled, f"seed {seed}"
