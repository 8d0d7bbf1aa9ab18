"""Collections among faults, changes and limits drawn by chance: no row is lost or doubled.

`PGTOPO_LIVE_CASES` asks for more cases than the usual few.
"""

from __future__ import annotations

import os
import random
import threading

import pytest

from tests.live.conftest import Start, ask, ids_in, ids_of, statuses
from tests.live.estates import FIRST, NSG, RULES, child, flat, nsg, server
from tests.live.test_odd_answers import ODDITIES, expired_token, too_large
from tests.stand_in.estate import Estate
from tests.stand_in.reply import Reply
from tests.stand_in.server import Call, StandIn

CASES = int(os.environ.get("PGTOPO_LIVE_CASES", "8"))


class Trouble:
    """Answers oddly now and then, but never so often in a row that one would give up."""

    def __init__(self, stand_in: StandIn, chance: random.Random) -> None:
        self._stand_in = stand_in
        self._chance = chance
        self._lock = threading.Lock()
        self._in_a_row: dict[str, int] = {}
        self.faults = 0

    def __call__(self, call: Call) -> Reply | None:
        with self._lock:
            what = f"{call.path} {call.query} {token_of(call)}"
            if self._in_a_row.get(what, 0) >= 2 or self._chance.random() > 0.25:
                self._in_a_row[what] = 0
                return None
            self._in_a_row[what] = self._in_a_row.get(what, 0) + 1
            self.faults += 1
            odd = self._chance.choice(OF_QUERIES if call.is_query else OF_READS)
            if odd is expired_token:  # refused twice, nobody is logged in any more
                self._in_a_row[what] = 2
        return odd(self._stand_in, call)


def not_of_bodies(name: str) -> bool:
    """Whether an oddity can be made without the answer to a query."""
    return not name.startswith(("slow", "cut", "truncated", "too_large", "expired"))


OF_QUERIES = [odd for odd in ODDITIES if odd is not too_large]
"""Pages that are really too large are drawn by the size that is allowed."""

OF_READS = [odd for odd in ODDITIES if not_of_bodies(odd.__name__)]


def token_of(call: Call) -> str:
    options = call.body.get("options", {}) if isinstance(call.body, dict) else {}
    return str(options.get("$skipToken", ""))


def estate(chance: random.Random) -> Estate:
    found = flat(chance.randint(1, 300))
    for number in range(chance.randint(0, 4)):
        owner = server(f"psql-{number}")
        found.put(owner)
        for rule in range(chance.choice((0, 1, 130))):
            found.put(child(owner, "firewallRules", f"rule-{rule}"))
    return found


@pytest.mark.parametrize("seed", range(CASES))
def test_no_row_is_lost_or_doubled(seed: int, start: Start) -> None:
    chance = random.Random(seed)
    stand_in = start(estate(chance))
    stand_in.graph.largest_page = chance.choice((7, 30, 100, 1000))
    if chance.random() < 0.3:
        stand_in.graph.largest_body = chance.choice((3_000, 20_000))
    trouble = Trouble(stand_in, chance)
    changes = chance.randint(0, 2)

    def both(call: Call) -> Reply | None:
        nonlocal changes
        if changes and call.is_query and NSG in call.query and chance.random() < 0.2:
            changes -= 1
            stand_in.estate.put(nsg(chance.randint(1000, 9999), FIRST))
        return trouble(call)

    stand_in.fault = both
    found = ask(stand_in)
    state = set(statuses(found, NSG).values())
    got, there = ids_of(found), ids_in(stand_in.estate)
    assert set(got.values()) == {1}
    late = {one for one in there if "/nsg-" in one and int(one[-5:]) >= 1000}
    kept = {one for one in got if "servicetags" not in one}
    assert kept <= set(there)
    assert set(there) - kept <= late, "a row that was there all the time is lost"
    assert ids_of(found, RULES) == ids_in(stand_in.estate, RULES)
    assert state == {"read"} or changes < 2
    assert all(NSG in gap.kind or gap.kind.startswith("microsoft.network/") for gap in found.gaps)
