"""Engine and oracle say the same of every address that could make a difference.

`PGTOPO_ORACLE_ESTATES` asks for more estates than the usual ones.
"""

from __future__ import annotations

import os

import pytest

from tests.oracle.agreement import disagreements, disagreements_on_premises
from tests.oracle.estates import random_estate

ESTATES = int(os.environ.get("PGTOPO_ORACLE_ESTATES", "200"))
BATCH = 10


@pytest.mark.parametrize("first", range(0, ESTATES, BATCH))
def test_engine_and_oracle_agree(first: int) -> None:
    asked = 0
    for seed in range(first, first + BATCH):
        count, found = disagreements(random_estate(seed))
        asked += count
        assert not found, f"seed {seed}: {found[:3]}"
    assert asked > BATCH


@pytest.mark.parametrize("first", range(0, ESTATES, BATCH * 5))
def test_engine_and_oracle_agree_about_clients_on_premises(first: int) -> None:
    asked = 0
    for seed in range(first, first + BATCH * 5):
        count, found = disagreements_on_premises(random_estate(seed))
        asked += count
        assert not found, f"seed {seed}: {found[:3]}"
    assert asked > BATCH
