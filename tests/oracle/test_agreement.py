"""Engine and oracle say the same of every address that could make a difference.

`PGTOPO_ORACLE_ESTATES` asks for more estates than the usual ones.
"""

from __future__ import annotations

import os

import pytest

from tests.oracle.agreement import disagreements, disagreements_on_premises
from tests.oracle.estates import random_estate
from tests.thorough import THOROUGH

ESTATES = int(os.environ.get("PGTOPO_ORACLE_ESTATES", "200" if THOROUGH else "40"))
BATCH = 10


@pytest.mark.parametrize("first", range(0, ESTATES, BATCH))
def test_engine_and_oracle_agree(first: int) -> None:
    """About clients in networks, and about those on premises behind the gateway."""
    asked = 0
    for seed in range(first, first + BATCH):
        made = random_estate(seed)
        count, found = disagreements(made)
        outside, more = disagreements_on_premises(made)
        asked += count + outside
        assert not found + more, f"seed {seed}: {(found + more)[:3]}"
    assert asked > BATCH


def test_clients_on_premises_are_among_those_asked_about() -> None:
    asked = (disagreements_on_premises(random_estate(seed))[0] for seed in range(0, 50, 2))
    assert sum(asked) > BATCH
